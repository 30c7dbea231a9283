"""The columns of the agenda: one an agent, a room or a day, with what falls in each."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext as _

from requests_app.appointments.selectors import AppointmentRow
from requests_app.lib import french
from requests_app.maisons.models import Maison
from requests_app.maisons.opening import PARIS, describe_day, spans_on
from requests_app.slots.models import Absence, Opening
from requests_app.slots.weeks import Occurrence
from requests_app.www.agenda.background import Background, on_day
from requests_app.www.agenda.grid import Lane
from requests_app.www.agenda.query import AgendaQuery
from requests_app.www.agenda.rooms import number_of

WORKED = 6  # Monday to Saturday; Sunday only when there is something


def lanes_by_agent(asked: AgendaQuery, lines: list[AppointmentRow], background: Background) -> list[Lane]:
    """Return the day of each agent who receives, is away or has an appointment, by name."""
    names = {each.row.agent_id: each.row.agent.full_name for each in background.absences}
    names |= {each.row.agent_id: each.row.agent.full_name for each in background.openings}
    names |= {line.agent_id: line.agent for line in lines}
    found = sorted(names.items(), key=lambda pair: (pair[1], pair[0]))
    return [_agent_lane(asked, pk, name, lines, background) for pk, name in found]


def _agent_lane(
    asked: AgendaQuery, pk: int, name: str, lines: list[AppointmentRow], background: Background
) -> Lane:
    mine, behind = [line for line in lines if line.agent_id == pk], _narrow_to_agent(background, pk)
    return Lane(
        key=f"agent-{pk}",
        title=name,
        day=asked.day,
        url=asked.url(agent=pk, is_week=True, by_room=False, room=None),
        under=_join(line.room for line in mine),
        has_face=True,
        is_planned=bool(behind.openings),
        lines=mine,
        background=behind,
    )


def lanes_by_room(asked: AgendaQuery, lines: list[AppointmentRow], background: Background) -> list[Lane]:
    """Return the day of each room; what has none comes last."""
    names: dict[str, str] = {}
    for name in sorted(
        {line.room for line in lines} | ({each.row.room for each in background.openings} - {""})
    ):
        names.setdefault(name.lower(), name)
    return [
        _room_lane(asked, names[key], lines, background)
        for key in sorted(names, key=lambda key: (not key, key))
    ]


def _room_lane(asked: AgendaQuery, room: str, lines: list[AppointmentRow], background: Background) -> Lane:
    mine = [line for line in lines if line.room.lower() == room.lower()]
    behind = _narrow_to_room(background, room)
    return Lane(
        key=f"salle-{number_of(room)}" if room else "salle-sans",
        title=room or _("Sans bureau"),
        day=asked.day,
        url=asked.url(room=number_of(room), is_week=True) if room else "",
        under=_join(line.agent for line in mine),
        is_named=True,
        is_planned=bool(behind.openings),
        lines=mine,
        background=behind,
    )


def lanes_by_day(
    asked: AgendaQuery, maison: Maison, lines: list[AppointmentRow], background: Background, monday: date
) -> list[Lane]:
    """Return the days of a week, of one agent or of one room."""
    days = [monday + timedelta(days=number) for number in range(7)]
    lanes = [_day_lane(asked, maison, day, lines, background) for day in days]
    return [lane for lane in lanes if lane.day.weekday() < WORKED or lane.lines or lane.background.openings]


def _day_lane(
    asked: AgendaQuery, maison: Maison, day: date, lines: list[AppointmentRow], background: Background
) -> Lane:
    name = french.day(day)
    return Lane(
        key=f"jour-{day.isoweekday()}",
        title=name[:1].upper() + name[1:],
        day=day,
        url=asked.url(day=day, is_week=False),
        under="" if spans_on(maison, day) else describe_day(maison, day),
        is_named=asked.room is not None,
        lines=[line for line in lines if line.starts_at.astimezone(PARIS).date() == day],
        background=_narrow_to_day(asked, background, day),
        is_planned=bool(background.openings),
    )


def _narrow_to_day(asked: AgendaQuery, background: Background, day: date) -> Background:
    """Return what stands behind a day; of a room, what absences take from it."""
    openings, absences = on_day(background.openings, day), on_day(background.absences, day)
    if asked.room is not None:
        absences = list(absences_within(openings, absences))
    return Background(openings, absences, on_day(background.closures, day))


def _narrow_to_agent(background: Background, pk: int) -> Background:
    openings = [each for each in background.openings if each.row.agent_id == pk]
    absences = [each for each in background.absences if each.row.agent_id == pk]
    return Background(openings, absences, background.closures)


def _narrow_to_room(background: Background, room: str) -> Background:
    """Return the openings in a room, and what absences take from them."""
    openings = [each for each in background.openings if room and each.row.room.lower() == room.lower()]
    return Background(openings, list(absences_within(openings, background.absences)), background.closures)


def absences_within(
    openings: list[Occurrence[Opening]], absences: list[Occurrence[Absence]]
) -> Iterable[Occurrence[Absence]]:
    """Yield what the absences of their agents take from some openings."""
    for opening in openings:
        for absence in absences:
            start, end = max(opening.start, absence.start), min(opening.end, absence.end)
            if absence.row.agent_id == opening.row.agent_id and start < end:
                yield Occurrence(start, end, absence.row)


def _join(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(name for name in names if name))
