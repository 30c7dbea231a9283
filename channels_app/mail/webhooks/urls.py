"""Where providers post mail; the address is part of the contract with them."""

from django.urls import path

from channels_app.mail.webhooks.views import receive

app_name = "mail"
urlpatterns = [path("<slug:provider>/", receive, name="webhook")]
