"""What an agenda shows: appointments, what stands behind them, whom one may choose."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from requests_app.access.scope import Scope
from requests_app.accounts.models import User
from requests_app.appointments import selectors
from requests_app.appointments.places import agents_at
from requests_app.appointments.selectors import AppointmentRow
from requests_app.lib.weeks import monday_of
from requests_app.maisons.models import Maison
from requests_app.www.agenda.background import Background, read_background
from requests_app.www.agenda.days import bounds
from requests_app.www.agenda.query import AgendaQuery
from requests_app.www.agenda.rooms import rooms_at


@dataclass(frozen=True, slots=True)
class Agenda:
    """``total`` counts what is asked for: beyond some hundreds, ``lines`` stop and the page says so.

    ``choices`` are the agents or the rooms of the list, ``name`` the one that is chosen.
    """

    asked: AgendaQuery
    first: date
    lines: list[AppointmentRow]
    replies: list[AppointmentRow]
    total: int
    background: Background
    choices: list[tuple[int, str]]
    name: str = ""

    @property
    def is_cut(self) -> bool:
        return self.total > len(self.lines)


def read_agenda(asked: AgendaQuery, maison: Maison, *, scope: Scope, at: datetime) -> Agenda | None:
    """Read the day or the week; None for an agent or a room that is not of this Maison."""
    first, days = (monday_of(asked.day), 7) if asked.is_week else (asked.day, 1)
    choices = _choices(asked, maison, bounds(first)[0])
    chosen = asked.room if asked.by_room else asked.agent
    name = _find_name(asked, maison, choices, chosen) if chosen is not None else ""
    if name is None:
        return None
    return _read(asked, maison, scope, choices, name, first, days)


def _read(
    asked: AgendaQuery,
    maison: Maison,
    scope: Scope,
    choices: list[tuple[int, str]],
    name: str,
    first: date,
    days: int,
) -> Agenda:
    room = name if asked.room is not None else ""
    start, end = bounds(first, days)
    which: dict[str, Any] = {"maison_id": maison.pk, "start": start, "end": end}
    which |= {"agent_id": asked.agent, "room": room}
    found = selectors.answered_at(**which, scope=scope)
    lines = [line for line in found if not line.is_cancelled]
    last, agents = first + timedelta(days=days - 1), {line.agent_id for line in lines}
    return Agenda(
        asked=asked,
        first=first,
        lines=lines,
        replies=[line for line in found if line.has_reply and line.is_readable],
        total=selectors.count_at(**which) if len(found) >= selectors.MAX_SHOWN else len(lines),
        background=read_background(maison, first, last, agents=agents, agent=asked.agent, room=room),
        choices=choices,
        name=name,
    )


def _choices(asked: AgendaQuery, maison: Maison, around: datetime) -> list[tuple[int, str]]:
    return list(rooms_at(maison.pk, around).items()) if asked.by_room else agents_at(maison.pk)


def _find_name(asked: AgendaQuery, maison: Maison, choices: list[tuple[int, str]], chosen: int) -> str | None:
    """Return the name of the room or of the agent, of one who left and had appointments here too."""
    known = dict(choices).get(chosen)
    if known or asked.by_room:
        return known
    left = User.objects.filter(pk=chosen, appointments__maison=maison).first()
    return left.full_name if left else None
