from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """All we must tell someone, once: a row, a key, a due date."""

    name = "requests_app.outbox"
    label = "outbox"
