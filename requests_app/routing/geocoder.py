"""Where an address is on the map, from the geocoder that the administrator chose, if any.

It uses the API of the national address base (`search/?q=…`, GeoJSON). It only ever makes distances exact:
when it is away, slow or unsure, the middle of the commune serves.
"""

import json
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import urlopen

from django.conf import settings

from requests_app.lib.breaker import Breaker

Point = tuple[float, float]  # longitude, latitude
TIMEOUT_S = 2.0
MAX_BYTES = 100_000
MIN_SCORE = 0.5
PRECISE = frozenset({"housenumber", "street", "locality"})  # a municipality is what we already know
breaker = Breaker(URLError, OSError, ValueError, silence_s=60.0)


def locate(address: str, insees: frozenset[str]) -> Point | None:
    """Return the point of an address inside these communes; None when the geocoder adds nothing."""
    if not settings.GEOCODER_URL:
        return None
    nothing: list[dict[str, Any]] = []
    found = breaker.ask(lambda: _ask(address), nothing, lost="geocoder: no answer")
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
