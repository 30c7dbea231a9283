from django.apps import AppConfig

from requests_app.channels import registry


class FrontdeskConfig(AppConfig):
    name = "channels_app.frontdesk"
    label = "frontdesk"

    def ready(self) -> None:
        from channels_app.frontdesk.channel import CHANNEL
        from channels_app.frontdesk.kind import VISIT
        from channels_app.noting import register

        register(VISIT)
        registry.register(CHANNEL)
