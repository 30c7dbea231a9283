from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PrivacyConfig(AppConfig):
    """How long personal data is stored, and how it ends: lists, approval, purge."""

    name = "requests_app.privacy"
    label = "privacy"

    def ready(self) -> None:
        autodiscover_modules("holdings")
