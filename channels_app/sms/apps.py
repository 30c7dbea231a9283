from django.apps import AppConfig

from requests_app.lib import short_texts
from requests_app.lib.incidents import register
from requests_app.lib.signs import OPEN_DOORS


class SmsConfig(AppConfig):
    name = "channels_app.sms"
    label = "sms"

    def ready(self) -> None:
        from channels_app.sms import budget, notices

        OPEN_DOORS.add("sms")
        register(budget.incidents)
        short_texts.register("sms notices", notices.samples)
