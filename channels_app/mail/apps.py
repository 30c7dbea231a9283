from django.apps import AppConfig

from requests_app.lib.signs import OPEN_DOORS


class MailConfig(AppConfig):
    name = "channels_app.mail"
    label = "mail"

    def ready(self) -> None:
        OPEN_DOORS.add("mail")
