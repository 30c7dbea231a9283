"""Mask people's words before anyone lists them; the towns of the territory stay readable."""

from collections.abc import Collection

from requests_app.lib import masking
from requests_app.maisons.cache import Remembered
from requests_app.maisons.models import Commune


def mask(text: str, names: Collection[str] = ()) -> str:
    """Return the text without names, phones and mails; ``names`` are known to be of persons."""
    return masking.mask(text, names=names, places=_towns())


def _read_towns() -> frozenset[str]:
    return frozenset(Commune.objects.values_list("name", flat=True))


_towns = Remembered(_read_towns)
