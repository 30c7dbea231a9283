"""What the public screen of a Maison shows: numbers and desks, never a name or a topic."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from requests_app.maisons import opening
from requests_app.maisons.models import Maison
from requests_app.visits.models import Visit
from requests_app.visits.selectors import name_desk
from requests_app.visits.services import day_of
from requests_app.visits.waits import Wait, wait_at

MAX_CALLS = 4


@dataclass(frozen=True, slots=True)
class Call:
    """One call; ``key`` changes when the same number is called again, ``words`` are said aloud."""

    key: str
    number: str
    desk: str
    words: str


@dataclass(frozen=True, slots=True)
class Board:
    """``closed`` says when the door opens again; "" while it is open, or when nobody knows."""

    calls: list[Call]
    wait: Wait | None
    closed: str


def board_of(maison: Maison, at: datetime, *, closure: str = "") -> Board:
    """Return the last calls of the day, the newest first, and the wait; two statements at most.

    ``closure`` says when the door opens, where closures decide it (www/public/closing.py).
    """
    called = Visit.objects.filter(maison=maison, day=day_of(at), called_at__isnull=False)
    rows = called.order_by("-called_at", "-pk").values_list("pk", "number", "desk", "called_at")
    closed = opening.describe_now(maison, at) if opening.is_open(maison, at) is False else ""
    return Board(
        calls=[_call(*row) for row in rows[:MAX_CALLS]],
        wait=None if closure else wait_at(maison, at),
        closed=closure or closed,
    )


def _call(pk: int, number: int, desk: str, called_at: datetime | None) -> Call:
    named = name_desk(desk)
    where = named or _("Accueil")
    return Call(
        key=f"{pk} {called_at}",
        number=f"A{number:02d}",
        desk=where,
        words=_("Numéro A %(number)d, %(desk)s.") % {"number": number, "desk": where},
    )
