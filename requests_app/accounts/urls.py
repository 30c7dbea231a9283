"""Sign-in, lock, switch."""

from django.urls import URLPattern

app_name = "accounts"
urlpatterns: list[URLPattern] = []
