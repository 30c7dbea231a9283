"""Where Twilio calls; both addresses are part of the contract with it."""

from django.urls import path

from channels_app.sms.door import views

app_name = "sms"
urlpatterns = [
    path("twilio/", views.inbound, name="inbound"),
    path("twilio/statut/", views.status, name="status"),
]
