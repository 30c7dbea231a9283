from django.apps import AppConfig

from requests_app.channels import registry
from requests_app.lib.incidents import register


class MailConfig(AppConfig):
    name = "channels_app.mail"
    label = "mail"

    def ready(self) -> None:
        from channels_app.mail.channel import CHANNEL
        from channels_app.mail.imap import incidents

        registry.register(CHANNEL)
        register(incidents)
