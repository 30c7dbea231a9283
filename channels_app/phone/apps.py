from django.apps import AppConfig

from requests_app.channels import registry


class PhoneConfig(AppConfig):
    name = "channels_app.phone"
    label = "phone"

    def ready(self) -> None:
        from channels_app.noting import register
        from channels_app.phone.channel import CHANNEL
        from channels_app.phone.kind import CALL

        register(CALL)
        registry.register(CHANNEL)
