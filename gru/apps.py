from django.apps import AppConfig


class GruConfig(AppConfig):
    """Loads every check in every process that loads Django."""

    name = "gru"

    def ready(self) -> None:
        from gru import celery, checks, law_checks, sign_in_checks  # noqa: F401
