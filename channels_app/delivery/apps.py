from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """Sends what is in the outbox, once."""

    name = "channels_app.delivery"
    label = "delivery"

    def ready(self) -> None:
        from channels_app.delivery.selectors import incidents
        from requests_app.lib.incidents import register

        register(incidents)
