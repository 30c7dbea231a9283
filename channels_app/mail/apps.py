from django.apps import AppConfig

from requests_app.lib.incidents import register
from requests_app.lib.signs import OPEN_DOORS


class MailConfig(AppConfig):
    name = "channels_app.mail"
    label = "mail"

    def ready(self) -> None:
        from channels_app.mail.imap import incidents

        OPEN_DOORS.add("mail")
        register(incidents)
