"""What does not work as it should right now, in sentences for staff.

Each room that can be late registers here at start: the pages that show incidents know none of them.
"""

import time
from collections.abc import Callable
from datetime import datetime

from django.utils.translation import get_language

from requests_app.lib.registry import Handlers

Source = Callable[[datetime], list[str]]

KEPT_S = 5.0  # every staff page shows them: seconds between two checks by one process

SOURCES: Handlers[Source] = Handlers("source of incidents")
ALARMS: Handlers[Source] = Handlers("alarm")
_cache: dict[tuple[str, str], tuple[float, list[str]]] = {}  # by subject and language: until when, and what


def register(source: Source) -> None:
    """Add a source, asked after those registered before."""
    SOURCES.add(source)


def incidents(now: datetime) -> list[str]:
    """Return the sentences of every source; none when all is well."""
    return [sentence for source in SOURCES for sentence in source(now)]


def register_alarm(source: Source) -> None:
    """Add a source for those who can act: what cannot wait for someone to look."""
    ALARMS.add(source)


def alarms(now: datetime) -> list[str]:
    """Return the sentences of every alarm; none when all is well."""
    return [sentence for source in ALARMS for sentence in source(now)]


def recent_incidents(now: datetime) -> list[str]:
    """Return the same, at most a few seconds old; nearly always without a statement."""
    return _recent("incidents", incidents, now)


def recent_alarms(now: datetime) -> list[str]:
    """Return the alarms, equally recent."""
    return _recent("alarms", alarms, now)


def _recent(subject: str, ask: Source, now: datetime) -> list[str]:
    key, clock = (subject, get_language() or ""), time.monotonic()
    until, sentences = _cache.get(key, (0.0, []))
    if clock >= until:
        _cache[key] = (clock + KEPT_S, sentences)  # meanwhile the other threads of this process do not ask
        sentences = ask(now)
        _cache[key] = (clock + KEPT_S, sentences)
    return sentences


def forget_incidents() -> None:
    """Clear the cache, so that the next page asks again."""
    _cache.clear()
