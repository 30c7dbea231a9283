from django.apps import AppConfig

from requests_app.lib.signs import OPEN_DOORS


class PhoneConfig(AppConfig):
    name = "channels_app.phone"
    label = "phone"

    def ready(self) -> None:
        from channels_app.noting import register
        from channels_app.phone.kind import CALL

        register(CALL)
        OPEN_DOORS.add("phone")
