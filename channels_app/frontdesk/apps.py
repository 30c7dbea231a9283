from django.apps import AppConfig

from requests_app.lib.signs import OPEN_DOORS


class FrontdeskConfig(AppConfig):
    name = "channels_app.frontdesk"
    label = "frontdesk"

    def ready(self) -> None:
        from channels_app.frontdesk.kind import VISIT
        from channels_app.noting import register

        register(VISIT)
        OPEN_DOORS.add("frontdesk")
