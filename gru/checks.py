"""Refuses to start half-configured, in plain words."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register()
def secret_key_is_set(**_: Any) -> list[CheckMessage]:
    """A process without a secret could sign nothing that lasts."""
    if settings.SECRET_KEY:
        return []
    return [
        Error(
            "GRU_SECRET_KEY est vide.",
            hint="Donnez-lui au moins 50 caractères au hasard ; bin/serve le fait pour la démonstration.",
            id="gru.E001",
        )
    ]
