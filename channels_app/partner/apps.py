from django.apps import AppConfig

from requests_app.channels.registry import register


class PartnerConfig(AppConfig):
    name = "channels_app.partner"
    label = "partner"

    def ready(self) -> None:
        from channels_app.partner import checks  # noqa: F401
        from channels_app.partner.channel import CHANNEL

        register(CHANNEL)
