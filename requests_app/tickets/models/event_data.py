"""What each kind of event stores beside itself: codes, ids, days, names of that day, and what agents typed.

No sentence of ours is stored: ``selectors/events.py`` makes one when it is read, in the reader's language.
Rows of earlier versions hold sentences under the same names; they are shown as they were written.
"""

from collections.abc import Callable
from dataclasses import Field, dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

Parser = Callable[[Any], Any]


class Cause(models.TextChoices):
    """Why, when the software says it: shown where an agent would have typed a reason."""

    PERSON_REPLIED = "person_replied", _("La personne a répondu.")
    PERSON_UNSETTLED = "person_unsettled", _("La personne dit que ce n’est pas réglé.")
    PERSON_KEEPS_IT = "person_keeps_it", _("La personne veut la garder.")
    DOCUMENTS_COMPLETE = "documents_complete", _("Tous les papiers sont là.")
    REROUTE_UNDONE = "reroute_undone", _("Envoi annulé")
    TRANSFER_UNDONE = "transfer_undone", _("Transmission annulée")
    SORTED_THERE = "sorted_there", _("Choisi au tri")
    AGENT_WORKS_THERE = "agent_works_there", _("%(name)s travaille à ce lieu.")


class AppointmentAct(StrEnum):
    """What was done to an appointment."""

    BOOKED = "booked"
    MOVED = "moved"
    CHANGED = "changed"
    CONFIRMED = "confirmed"
    CANCELLED_BY_PERSON = "cancelled_person"
    CANCELLED_BY_SERVICE = "cancelled_service"
    CAME = "came"
    ABSENT = "absent"
    EXCUSED = "excused"
    UNMOVED = "unmoved"
    UNDONE = "undone"


def _text(value: Any) -> str:
    return str(value or "")


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def _instant(value: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def _values(value: Any) -> dict[str, Any] | None:
    return value if isinstance(value, dict) else None


def _persons(value: Any) -> tuple[int | None, int | None] | None:
    return (value[0], value[1]) if isinstance(value, list) and len(value) == 2 else None


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) else None


# How a value is read back, by its type.
PARSERS: dict[Any, Parser] = {
    str: _text,
    str | None: _text,
    bool: bool,
    int | None: _number,
    date | None: _day,
    datetime | None: _instant,
    tuple[str, ...]: _texts,
    tuple[int | None, int | None] | None: _persons,
    dict[str, Any] | None: _values,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EventData:
    """What any event may store. ``from_`` and ``to`` are names, kept as they were that day.

    ``is_by_person`` says that the person did it themselves; ``who`` is how earlier versions said so.
    """

    from_: str | None = None
    to: str | None = None
    reason: str = ""
    cause: str = ""
    is_by_person: bool = False
    who: str = ""

    @classmethod
    def read(cls, data: dict[str, Any] | None) -> Self:
        """Read what is stored, by any version; what is unknown here is left out."""
        stored = data or {}
        known = [each for each in fields(cls) if _key(each) in stored]
        return cls(**{each.name: PARSERS[each.type](stored[_key(each)]) for each in known})

    def as_json(self) -> dict[str, Any]:
        """Return what is stored: every value that is not its default."""
        values = ((each, getattr(self, each.name)) for each in fields(self))
        return {_key(each): _plain(value) for each, value in values if value != each.default}


def _key(stored: Field[Any]) -> str:
    return stored.name.rstrip("_")


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, str) else value


@dataclass(frozen=True, slots=True, kw_only=True)
class Rerouted(EventData):
    """``was`` and ``version`` serve to undo; ``name`` is the agent whose Maison it is."""

    name: str = ""
    was: dict[str, Any] | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChanged(EventData):
    """``persons`` are those whose names ``from_`` and ``to`` are; ``erased`` says which name was erased."""

    persons: tuple[int | None, int | None] | None = None
    undo: dict[str, Any] | None = None
    erased: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting(EventData):
    """``documents`` are asked for until a day, which ``reason`` explains."""

    state: str = ""
    documents: tuple[str, ...] = ()
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsDayChanged(EventData):
    before: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsNamed(EventData):
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed(EventData):
    """``was`` serves to undo a transfer, ``before`` is the state that a withdrawal ended."""

    outcome: str = ""
    was: dict[str, Any] | None = None
    before: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstReceived(EventData):
    """Without a day, no other administration had it before us."""

    first_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonsAsked(EventData):
    asked_on: date | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceAnswered(EventData):
    outcome: str = ""
    answered_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDoChanged(EventData):
    """``todo`` is the kind of a to-do; with ``wrote_at`` it was to read what the person wrote then."""

    todo: str = ""
    wrote_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentChanged(EventData):
    did: str = ""
    starts_at: datetime | None = None
    was_at: datetime | None = None
