"""One include per surface and per channel."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accueil/", include("channels_app.frontdesk.urls")),
    path("quarantaine/", include("channels_app.intake.urls")),
    path("", include("requests_app.accounts.urls")),
    path("", include("requests_app.www.backoffice.urls")),
]
