"""Refuse to start when nobody could say how agents sign in (threats F13, W14)."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from requests_app.accounts.second_factor import POLICIES


@register(Tags.security)
def second_factor_is_known(**_: Any) -> list[CheckMessage]:
    """Refuse a misspelt value, which would silently ask nobody for a code."""
    if settings.SECOND_FACTOR in POLICIES:
        return []
    words = f"GRU_SECOND_FACTOR ne se comprend pas : « {settings.SECOND_FACTOR} »."
    return [Error(words, hint="Écrivez optional, admins ou all.", id="gru.E024")]
