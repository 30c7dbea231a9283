from django.apps import AppConfig


class AccessConfig(AppConfig):
    """The one policy: what an agent may see and do; the reading journal."""

    name = "requests_app.access"
    label = "access"
