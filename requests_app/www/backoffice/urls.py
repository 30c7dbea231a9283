"""The staff pages."""

from django.urls import include, path

app_name = "backoffice"
urlpatterns = [
    path("agents/", include("requests_app.www.backoffice.agents_urls")),
]
