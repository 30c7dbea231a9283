"""What does not work as it should just now, in sentences for staff.

Each room that can be late says so here at start: the pages that show incidents know none of them.
"""

import time
from collections.abc import Callable
from datetime import datetime

from django.utils.translation import get_language

Source = Callable[[datetime], list[str]]

KEPT_S = 5.0  # every staff page shows them: a process asks at most so often

_sources: list[Source] = []
_alarms: list[Source] = []
_kept: dict[tuple[str, str], tuple[float, list[str]]] = {}  # by subject and language: until when, and what


def register(source: Source) -> None:
    """Ask this source each time, after those before."""
    if source not in _sources:
        _sources.append(source)


def incidents(now: datetime) -> list[str]:
    """Return the sentences of every source; none when all is well."""
    return [sentence for source in _sources for sentence in source(now)]


def register_alarm(source: Source) -> None:
    """Ask this source for those who can act: what cannot wait for someone to look."""
    if source not in _alarms:
        _alarms.append(source)


def alarms(now: datetime) -> list[str]:
    """Return the sentences of every alarm; none when all is well."""
    return [sentence for source in _alarms for sentence in source(now)]


def recent_incidents(now: datetime) -> list[str]:
    """Return the same, at most a few seconds old; nearly always without a statement."""
    return _recent("incidents", incidents, now)


def recent_alarms(now: datetime) -> list[str]:
    """Return the alarms, as old."""
    return _recent("alarms", alarms, now)


def _recent(subject: str, ask: Source, now: datetime) -> list[str]:
    key, clock = (subject, get_language() or ""), time.monotonic()
    until, sentences = _kept.get(key, (0.0, []))
    if clock >= until:
        _kept[key] = (clock + KEPT_S, sentences)  # the others of this process do not ask meanwhile
        sentences = ask(now)
        _kept[key] = (clock + KEPT_S, sentences)
    return sentences


def forget_incidents() -> None:
    """Ask again at the next page."""
    _kept.clear()
