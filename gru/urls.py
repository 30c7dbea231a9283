"""One include per surface and per channel."""

from django.contrib import admin
from django.urls import include, path

from gru.health import healthz

urlpatterns = [
    path("healthz", healthz),
    path("admin/", admin.site.urls),
    path("", include("requests_app.accounts.urls")),
]
