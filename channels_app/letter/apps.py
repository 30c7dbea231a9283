from django.apps import AppConfig

from requests_app.channels import registry


class LetterConfig(AppConfig):
    name = "channels_app.letter"
    label = "letter"

    def ready(self) -> None:
        from channels_app.letter.channel import CHANNEL
        from channels_app.letter.kind import LETTER
        from channels_app.noting import register

        register(LETTER)
        registry.register(CHANNEL)
