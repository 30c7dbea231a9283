"""What each room stores about a ticket or a person, so that a purge deletes all of it (threats: P03).

Every room lists its models in its own ``holdings.py``; requests_app/privacy imports them all and follows
the keys from a ticket or a person to the rows that go with it. tests/house/test_holdings.py refuses a model
that is in no list.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db.models import QuerySet
from django.utils.functional import Promise

from requests_app.lib.registry import Registry

TICKET, PERSON = "tickets.Ticket", "people.Person"
Keys = set[Any]


class Collected(Protocol):
    """The rows to delete, by model, as far as they have been searched."""

    def keys_of(self, model: str) -> Keys: ...


@dataclass(frozen=True, slots=True)
class Holding:
    """A model whose rows go with a ticket or a person.

    ``points_to``: its field → the model of the rows it goes with. ``named_by``: model → the field by which
    rows to delete name this one; a row that others name too stays. ``find`` finds what no key leads to.
    ``before`` is called before rows are deleted, while all are still there, and takes care of those that
    stay, even when none of the model goes; ``files`` gives names that no FileField holds.
    """

    model: str
    points_to: tuple[tuple[str, str], ...] = ()
    named_by: tuple[tuple[str, str], ...] = ()
    find: Callable[[Collected], Iterable[Any]] | None = None
    before: Callable[[Collected], None] | None = None
    files: Callable[[Collection[Any]], Iterable[str]] | None = None


@dataclass(frozen=True, slots=True)
class Exempt:
    """A model that a purge leaves alone, and why: no word of a person, or a retention of its own."""

    model: str
    why: str


@dataclass(frozen=True, slots=True)
class Loose:
    """Rows that no ticket holds and that expire by themselves: ``rows`` gives those older than an instant.

    ``dated`` is the field that holds the date, ``label`` what the archivist reads about them.
    """

    model: str
    label: str | Promise
    dated: str
    rows: Callable[[datetime], QuerySet[Any]]


HOLDINGS: Registry[str, Holding] = Registry("model to purge")
EXEMPT: Registry[str, Exempt] = Registry("model that a purge leaves alone")
LOOSE: Registry[str, Loose] = Registry("model that expires by itself")


def holds(*holdings: Holding) -> None:
    """Declare models whose rows go with a ticket or a person."""
    for each in holdings:
        HOLDINGS.register(each.model, each)


def ends_alone(*loose: Loose) -> None:
    """Declare rows that appear on the archivist's list without a ticket."""
    for each in loose:
        LOOSE.register(each.model, each)


def exempts(why: str, *models: str) -> None:
    """Declare models that a purge leaves alone."""
    for model in models:
        EXEMPT.register(model, Exempt(model, why))
