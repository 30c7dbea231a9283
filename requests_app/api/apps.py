from django.apps import AppConfig


class ApiConfig(AppConfig):
    """REST for machines: the same actions as the pages, under /api/v1/."""

    name = "requests_app.api"
    label = "api"
