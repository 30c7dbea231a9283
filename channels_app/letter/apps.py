from django.apps import AppConfig

from requests_app.lib.signs import OPEN_DOORS


class LetterConfig(AppConfig):
    name = "channels_app.letter"
    label = "letter"

    def ready(self) -> None:
        from channels_app.letter.kind import LETTER
        from channels_app.noting import register

        register(LETTER)
        OPEN_DOORS.add("letter")
