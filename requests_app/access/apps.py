from django.apps import AppConfig


class AccessConfig(AppConfig):
    """The one policy: what an agent may see and do; the access log."""

    name = "requests_app.access"
    label = "access"
