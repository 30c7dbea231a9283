from django.apps import AppConfig


class ApiConfig(AppConfig):
    """REST for machines: the same actions as the pages, under /api/v1/."""

    name = "requests_app.api"
    label = "api"

    def ready(self) -> None:
        from requests_app.api.failures import render_failure
        from requests_app.lib.error_pages import error_formats

        error_formats.register("/api/v1/", render_failure)
