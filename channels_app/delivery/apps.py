from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """Makes what is in the outbox leave, once."""

    name = "channels_app.delivery"
    label = "delivery"
