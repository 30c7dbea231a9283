"""What the address of the agenda asks for: a day or a week, of everybody, of an agent or of a room."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from requests_app.www.agenda.days import read_day
from requests_app.www.backoffice.triage.listing import read_number

DAY, WEEK = "jour", "semaine"
AGENT, ROOM = "agent", "salle"
PARAMETERS = {"jour", "vue", "par", AGENT, ROOM}


@dataclass(frozen=True, slots=True)
class AgendaQuery:
    """``room`` is a number (rooms.py): what a room is called stays out of addresses."""

    day: date
    is_week: bool = False
    by_room: bool = False
    agent: int | None = None
    room: int | None = None

    @property
    def is_narrow(self) -> bool:
        return self.agent is not None or self.room is not None

    def url(self, **changes: Any) -> str:
        """Return the address of the page that this one becomes by some changes."""
        return f"{reverse('agenda:agenda')}?{replace(self, **changes).query}"

    @property
    def query(self) -> str:
        pairs = {"jour": self.day.isoformat()}
        if self.is_week:
            pairs["vue"] = WEEK
        if self.by_room and self.room is None:
            pairs["par"] = ROOM
        found = {AGENT: self.agent, ROOM: self.room}
        return urlencode(pairs | {name: str(number) for name, number in found.items() if number is not None})


def read_query(request: HttpRequest, now: datetime) -> AgendaQuery:
    """Read the address; raises BadRequest for one that is not ours."""
    params = request.GET
    if not set(params) <= PARAMETERS:
        raise BadRequest("unknown parameter")
    agent, room = _number(params, AGENT), _number(params, ROOM)
    if agent is not None and room is not None:
        raise BadRequest("an agent or a room")
    by_room = _choice(params, "par", (AGENT, ROOM)) == ROOM or room is not None
    return AgendaQuery(
        day=read_day(request, now),
        is_week=_choice(params, "vue", (DAY, WEEK)) == WEEK,
        by_room=by_room,
        agent=agent,
        room=room,
    )


def _choice(params: QueryDict, name: str, choices: tuple[str, str]) -> str:
    """Return one of the choices, the first unless it is said; raises BadRequest."""
    found = params.get(name, choices[0])
    if found not in choices:
        raise BadRequest(name)
    return found


def _number(params: QueryDict, name: str) -> int | None:
    """Read a number; nothing is written when the list is left on « Tous »."""
    return read_number(params, name) if params.get(name) else None
