"""What does not work as it should just now, in sentences for staff.

Each room that can be late says so here at start: the pages that show incidents know none of them.
"""

from collections.abc import Callable
from datetime import datetime

Source = Callable[[datetime], list[str]]

_sources: list[Source] = []


def register(source: Source) -> None:
    """Ask this source each time, after those before."""
    if source not in _sources:
        _sources.append(source)


def incidents(now: datetime) -> list[str]:
    """The sentences of every source; none when all is well."""
    return [sentence for source in _sources for sentence in source(now)]
