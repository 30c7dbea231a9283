from django.apps import AppConfig

from requests_app.channels import registry
from requests_app.lib import short_texts
from requests_app.lib.incidents import register


class SmsConfig(AppConfig):
    name = "channels_app.sms"
    label = "sms"

    def ready(self) -> None:
        from channels_app.sms import budget, checks, notices  # noqa: F401
        from channels_app.sms.channel import CHANNEL

        registry.register(CHANNEL)
        register(budget.incidents)
        short_texts.register("sms notices", notices.samples)
