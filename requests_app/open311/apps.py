from django.apps import AppConfig


class Open311Config(AppConfig):
    """The door of Open311 clients."""

    name = "requests_app.open311"
    label = "open311"

    def ready(self) -> None:
        from requests_app.lib.error_pages import error_formats
        from requests_app.open311.failures import render_failure

        error_formats.register("/open311/", render_failure)
