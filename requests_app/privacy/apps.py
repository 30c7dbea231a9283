from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PrivacyConfig(AppConfig):
    """How long what people said is stored, and how it leaves: lists, visa, purge."""

    name = "requests_app.privacy"
    label = "privacy"

    def ready(self) -> None:
        autodiscover_modules("holdings")
