"""Where an address is on the map, from the geocoder that the administrator chose, if any.

It uses the API of the national address base (`search/?q=…`, GeoJSON). It only ever makes distances exact:
when it is away, slow or unsure, the middle of the commune serves.
"""

import json
import logging
import time
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import urlopen

from django.conf import settings

logger = logging.getLogger(__name__)

Point = tuple[float, float]  # longitude, latitude
TIMEOUT_S = 2.0
SILENCE_S = 60.0  # seconds without asking again after a failure: nobody waits for it twice
MAX_BYTES = 100_000
MIN_SCORE = 0.5
PRECISE = frozenset({"housenumber", "street", "locality"})  # a municipality is what we already know
_silent_until = 0.0


def locate(address: str, insees: frozenset[str]) -> Point | None:
    """Return the point of an address inside these communes; None when the geocoder adds nothing."""
    global _silent_until
    if not settings.GEOCODER_URL or time.monotonic() < _silent_until:
        return None
    try:
        found = _ask(address)
    except (URLError, OSError, ValueError) as error:
        _silent_until = time.monotonic() + SILENCE_S
        logger.warning("geocoder: no answer (%s)", type(error).__name__)
        return None
    return next((point for feature in found if (point := _point(feature, insees))), None)


def _ask(address: str) -> list[dict[str, Any]]:
    url = settings.GEOCODER_URL.rstrip("/")
    if urlsplit(url).scheme not in {"http", "https"}:
        raise ValueError("GRU_GEOCODER_URL is no web address")
    query = urlencode({"q": address, "limit": 3})
    with urlopen(f"{url}/search/?{query}", timeout=TIMEOUT_S) as answer:  # noqa: S310 (its scheme is checked)
        found = json.loads(answer.read(MAX_BYTES))
    if not isinstance(found, dict):
        raise ValueError("not GeoJSON")
    return [feature for feature in found.get("features") or [] if isinstance(feature, dict)]


def _point(feature: dict[str, Any], insees: frozenset[str]) -> Point | None:
    facts = feature.get("properties") or {}
    is_sure = facts.get("type") in PRECISE and float(facts.get("score") or 0) >= MIN_SCORE
    if not is_sure or facts.get("citycode") not in insees:
        return None
    try:
        lon, lat = (float(part) for part in feature["geometry"]["coordinates"][:2])
    except (KeyError, TypeError, ValueError):
        return None
    return lon, lat
