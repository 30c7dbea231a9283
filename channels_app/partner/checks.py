"""Refuse to start with a portal that cannot be read, in plain words (threats F13)."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from channels_app.partner.publik.portals import is_understood

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@register(Tags.security)
def portals_are_understood(**_: Any) -> list[CheckMessage]:
    """Refuse a portal without key or address, and one whose requests would travel in clear."""
    written = settings.PUBLIK_PORTALS.split()
    hint = "Écrivez https://NOM:CLÉ@adresse, plusieurs séparés par des espaces."
    if not all(is_understood(each) for each in written):
        return [Error("GRU_PUBLIK_PORTALS ne se comprend pas.", hint=hint, id="gru.E025")]
    in_clear = [each for each in written if urlsplit(each).scheme == "http"]
    if all(urlsplit(each).hostname in LOOPBACK for each in in_clear):
        return []
    return [Error("GRU_PUBLIK_PORTALS doit commencer par https://.", hint=hint, id="gru.E026")]
