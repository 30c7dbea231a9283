from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    """Push events to other software: subscriptions, their deliveries, their secrets."""

    name = "requests_app.webhooks"
    label = "webhooks"
