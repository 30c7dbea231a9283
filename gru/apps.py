from django.apps import AppConfig


class GruConfig(AppConfig):
    """Every process that loads Django knows every check."""

    name = "gru"

    def ready(self) -> None:
        from gru import celery, checks, law_checks, sign_in_checks  # noqa: F401
