"""A day of the agenda as a grid: quarters of an hour, one column per agent, closed hours marked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils.translation import gettext as _

from requests_app.appointments.selectors import AppointmentRow
from requests_app.maisons.models import Maison
from requests_app.maisons.opening import PARIS, closures, format_clock
from requests_app.www.backoffice.triage.listing import YEARS

QUARTER = 15
FIRST, ROWS, MAX_ROWS = time(8, 30), 34, 60  # 8:30 to 17:00, unless an appointment falls outside


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a column: ``start`` and ``length`` in quarters of an hour, from the first row."""

    start: int
    length: int
    line: AppointmentRow | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One agent's day."""

    agent_id: int
    agent: str
    rooms: str
    blocks: list[Block]


@dataclass(frozen=True, slots=True)
class Mark:
    """A label at the side: an hour, or the present minute."""

    row: int
    words: str


@dataclass(frozen=True, slots=True)
class Grid:
    """What the template draws; ``now`` is None on another day, or out of the grid."""

    rows: int
    hours: list[Mark]
    now: Mark | None
    columns: list[Column]


def read_day(request: HttpRequest, now: datetime) -> date:
    """Return the day asked for, or today; raises BadRequest."""
    asked = request.GET.get("jour", "")
    if not asked:
        return now.astimezone(PARIS).date()
    try:
        day = date.fromisoformat(asked)
    except ValueError as error:
        raise BadRequest("not a day") from error
    if day.year not in YEARS:
        raise BadRequest("not a day of ours")
    return day


def bounds(day: date, days: int = 1) -> tuple[datetime, datetime]:
    """Return the instants at which these local days begin and end: 23, 24 or 25 hours each (threats: F09)."""
    start = datetime.combine(day, time(), PARIS)
    return start.astimezone(UTC), datetime.combine(day + timedelta(days=days), time(), PARIS).astimezone(UTC)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def grid_of(lines: list[AppointmentRow], maison: Maison, day: date, now: datetime) -> Grid:
    """Lay a day out."""
    first = _first_quarter(lines)
    last = max([_quarter(line.ends_at - timedelta(seconds=1)) + 1 for line in lines], default=0)
    rows = min(max(ROWS, last - first), MAX_ROWS)
    shut = [_closed_block(start, end, first) for start, end in closures(maison, day)]
    hours = [quarter for quarter in range(first, first + rows) if quarter % 4 == 0]
    return Grid(
        rows=rows,
        hours=[Mark(quarter - first + 2, format_clock(time(quarter // 4))) for quarter in hours],
        now=_now(day, now, first, rows),
        columns=[_column(agent, mine, first, rows, shut) for agent, mine in _group_by_agent(lines)],
    )


def _group_by_agent(lines: Iterable[AppointmentRow]) -> list[tuple[int, list[AppointmentRow]]]:
    found: dict[int, list[AppointmentRow]] = {}
    for line in sorted(lines, key=lambda line: (line.agent, line.starts_at)):
        found.setdefault(line.agent_id, []).append(line)
    return list(found.items())


def _column(agent_id: int, lines: list[AppointmentRow], first: int, rows: int, shut: list[Block]) -> Column:
    blocks = [_block(line, first, rows) for line in lines]
    taken = {row for block in blocks for row in range(block.start, block.start + block.length)}
    free_shut = [block for block in shut if not taken & set(range(block.start, block.start + block.length))]
    rooms = ", ".join(dict.fromkeys(line.room for line in lines if line.room))
    return Column(agent_id, lines[0].agent, rooms, sorted([*blocks, *free_shut], key=lambda b: b.start))


def _block(line: AppointmentRow, first: int, rows: int) -> Block:
    """Place one appointment; two that follow each other never share a quarter."""
    start = min(_quarter(line.starts_at) - first, rows - 1)
    end = _quarter(line.ends_at) - first
    return Block(start + 1, max(1, min(end, rows) - start), line)


def _first_quarter(lines: list[AppointmentRow]) -> int:
    """Start at half past eight, or at the half hour before the earliest appointment, so that hours align."""
    usual = _quarter_of(FIRST)
    earliest = min([_quarter(line.starts_at) for line in lines], default=usual)
    return usual if earliest >= usual else max(0, (earliest - 2) // 4 * 4 + 2)


def _quarter(at: datetime) -> int:
    return _quarter_of(at.astimezone(PARIS).time())


def _quarter_of(moment: time) -> int:
    return (moment.hour * 60 + moment.minute) // QUARTER


def _closed_block(start: time, end: time, first: int) -> Block:
    words = _("Fermé de %(from)s à %(to)s") % {"from": format_clock(start), "to": format_clock(end)}
    row = _quarter_of(start) - first + 1
    return Block(row, max(1, _quarter_of(end) - first + 1 - row), words=words)


def _now(day: date, now: datetime, first: int, rows: int) -> Mark | None:
    here = now.astimezone(PARIS)
    row = round((here.hour * 60 + here.minute) / QUARTER) - first
    is_shown = here.date() == day and 1 <= row <= rows
    return Mark(row, format_clock(here.time())) if is_shown else None
