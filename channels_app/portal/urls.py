"""The citizen's pages."""

from django.urls import path

from channels_app.portal import views

app_name = "portal"
urlpatterns = [
    path("s/<secret:secret>", views.link, name="link"),
]
