from django.apps import AppConfig

from requests_app.channels.registry import register


class ChatConfig(AppConfig):
    name = "channels_app.chat"
    label = "chat"

    def ready(self) -> None:
        from channels_app.chat.channel import CHANNEL

        register(CHANNEL)
