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
_kept: dict[str, tuple[float, list[str]]] = {}  # by language: until when, and the sentences


def register(source: Source) -> None:
    """Ask this source each time, after those before."""
    if source not in _sources:
        _sources.append(source)


def incidents(now: datetime) -> list[str]:
    """The sentences of every source; none when all is well."""
    return [sentence for source in _sources for sentence in source(now)]


def recent_incidents(now: datetime) -> list[str]:
    """The same, at most a few seconds old; nearly always without a statement."""
    language, clock = get_language() or "", time.monotonic()
    until, sentences = _kept.get(language, (0.0, []))
    if clock >= until:
        _kept[language] = (clock + KEPT_S, sentences)  # the others of this process do not ask meanwhile
        sentences = incidents(now)
        _kept[language] = (clock + KEPT_S, sentences)
    return sentences


def forget_incidents() -> None:
    """Ask again at the next page."""
    _kept.clear()
