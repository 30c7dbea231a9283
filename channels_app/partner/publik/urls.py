"""Where portals call; the address is part of the contract with their workflows."""

from django.urls import path

from channels_app.partner.publik import views

app_name = "partner"
urlpatterns = [path("publik/", views.requests, name="publik")]
