"""Parts that are each of five people at least: no total less what is shown tells of fewer (threats: P06)."""

from collections.abc import Callable, Hashable, Mapping, Set
from typing import Any, TypeVar

FEW = 5

Key = TypeVar("Key", bound=Hashable)


def join_few(
    people: Mapping[Key, Set[Hashable]], *, size: Callable[[Key], Any] | None = None
) -> tuple[list[Key], list[Key]]:
    """Return the parts that stand alone, and those to join under « the others », smallest first.

    The parts are of one whole and do not overlap. The others are of five people together, or of nobody: the
    smallest that could stand alone join them, by ``size`` (how many people, when it is not given). When
    all of them are of fewer than five, none stands alone and those who ask show nothing.
    """
    alone = sorted(
        (key for key in people if len(people[key]) >= FEW), key=size or (lambda key: len(people[key]))
    )
    others = [key for key in people if len(people[key]) < FEW]
    together: set[Hashable] = set().union(*(people[key] for key in others))
    while alone and 0 < len(together) < FEW:
        others.append(alone.pop(0))
        together |= people[others[-1]]
    return alone, others


def round_to_few(count: float) -> int:
    """Round to the nearest five: a difference with another page, day or export reveals nobody."""
    return FEW * int((count + FEW / 2) // FEW)
