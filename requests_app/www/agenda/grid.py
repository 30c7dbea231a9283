"""The agenda as a grid: quarters of an hour, one column per agent, room or day; closed hours marked."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

from requests_app.appointments.selectors import AppointmentRow
from requests_app.maisons.models import Maison
from requests_app.maisons.opening import PARIS, closures, format_clock
from requests_app.slots.models import Absence, Opening
from requests_app.slots.weeks import Occurrence
from requests_app.www.agenda.background import Background

QUARTER = 15
FIRST, ROWS, MAX_ROWS = time(8, 30), 34, 60  # 8:30 to 17:00, unless something falls outside
EARLIEST, LATEST = time(7), time(20)  # an opening alone widens the day no further
WHOLE_DAY = 24 * 60 // QUARTER


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a column: ``start`` and ``length`` in quarters of an hour, from the first row.

    ``css`` is how it looks when it is not an appointment.
    """

    start: int
    length: int
    line: AppointmentRow | None = None
    words: str = ""
    css: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A label at the side: an hour, or the present minute."""

    row: int
    words: str


@dataclass(frozen=True, slots=True)
class Lane:
    """What falls in one column, before it is laid out.

    ``is_named``: openings say whose they are. ``is_planned``: it is known when somebody receives there, so
    that the rest of the day is grey.
    """

    key: str
    title: str
    day: date
    url: str
    under: str = ""
    has_face: bool = False
    is_named: bool = False
    is_planned: bool = False
    lines: list[AppointmentRow] = field(default_factory=list)
    background: Background = field(default_factory=Background)


@dataclass(frozen=True, slots=True)
class Column:
    lane: Lane
    blocks: list[Block]
    now: Mark | None


@dataclass(frozen=True, slots=True)
class Grid:
    """What the template draws; ``now`` is None on other days, or out of the grid."""

    hours: list[Mark]
    now: Mark | None
    columns: list[Column]


@dataclass(frozen=True, slots=True)
class Frame:
    """The rows of a grid: how many, from which quarter of the day."""

    first: int
    rows: int

    def place(self, start: int, end: int, **content: Any) -> Block | None:
        """Place what lasts from a quarter of the day to another; None when it is out of sight."""
        low, high = max(start, self.first), min(end, self.first + self.rows)
        return Block(low - self.first + 1, high - low, **content) if low < high else None


def lay_out(lanes: list[Lane], maison: Maison, now: datetime) -> Grid:
    """Lay the lanes out beside each other, on the same hours."""
    frame = _frame_of(lanes)
    columns = [_column(lane, frame, maison, now) for lane in lanes]
    hours = [quarter for quarter in range(frame.first, frame.first + frame.rows) if quarter % 4 == 0]
    return Grid(
        hours=[Mark(quarter - frame.first + 2, format_clock(time(quarter // 4))) for quarter in hours],
        now=next((column.now for column in columns if column.now), None),
        columns=columns,
    )


def _frame_of(lanes: list[Lane]) -> Frame:
    """Start at half past eight, or at the half hour before what comes first, so that hours align."""
    spans = [span for lane in lanes for span in _spans(lane)]
    usual = _quarter_of(FIRST)
    earliest = min([start for start, _end in spans], default=usual)
    first = usual if earliest >= usual else max(0, (earliest - 2) // 4 * 4 + 2)
    last = max([end for _start, end in spans], default=0)
    return Frame(first, min(max(ROWS, last - first), MAX_ROWS))


def _spans(lane: Lane) -> Iterable[tuple[int, int]]:
    for line in lane.lines:
        yield _quarter(line.starts_at), _quarter(line.ends_at - timedelta(seconds=1)) + 1
    low, high = _quarter_of(EARLIEST), _quarter_of(LATEST)
    for each in lane.background.openings:
        start, end = _wall_span(each, lane.day)
        yield max(start, low), min(end, high)


def _column(lane: Lane, frame: Frame, maison: Maison, now: datetime) -> Column:
    lines = [_line_block(line, frame) for line in lane.lines]
    taken = {row for block in lines for row in _rows_of(block)}
    shut = [_closed_block(start, end, frame) for start, end in closures(maison, lane.day)]
    free = [
        block for block in shut if block and not taken & set(range(block.start, block.start + block.length))
    ]
    behind = [block for block in _planned_blocks(lane, frame) if block]
    blocks = sorted([*behind, *free, *lines], key=lambda block: block.start)
    return Column(lane, blocks, _now(lane.day, now, frame))


def _rows_of(block: Block) -> range:
    return range(block.start, block.start + block.length)


def _planned_blocks(lane: Lane, frame: Frame) -> Iterable[Block | None]:
    for opening in lane.background.openings:
        yield frame.place(*_wall_span(opening, lane.day), words=_opening_words(opening, lane), css="ag-open")
    for absence in lane.background.absences:
        yield frame.place(*_wall_span(absence, lane.day), words=_absence_words(absence, lane), css="ag-out")
    for closure in lane.background.closures:
        yield frame.place(*_wall_span(closure, lane.day), words=_("Maison fermée"), css="ag-out")


def _opening_words(each: Occurrence[Opening], lane: Lane) -> str:
    words = {"hours": each.hours, "name": each.row.agent.full_name if lane.is_named else ""}
    return (_("%(name)s reçoit %(hours)s") if lane.is_named else _("Reçoit %(hours)s")) % words


def _absence_words(each: Occurrence[Absence], lane: Lane) -> str:
    words = {"hours": each.hours, "name": each.row.agent.full_name if lane.is_named else ""}
    return (_("%(name)s, absence %(hours)s") if lane.is_named else _("Absence %(hours)s")) % words


def _line_block(line: AppointmentRow, frame: Frame) -> Block:
    """Place one appointment; two that follow each other never share a quarter."""
    start = min(_quarter(line.starts_at) - frame.first, frame.rows - 1)
    end = _quarter(line.ends_at) - frame.first
    return Block(start + 1, max(1, min(end, frame.rows) - start), line)


def _closed_block(start: time, end: time, frame: Frame) -> Block | None:
    words = _("Fermé de %(from)s à %(to)s") % {"from": format_clock(start), "to": format_clock(end)}
    return frame.place(_quarter_of(start), _quarter_of(end), words=words, css="appt appt-off")


def _wall_span(each: Occurrence[Any], day: date) -> tuple[int, int]:
    """Return the quarters of a day that it touches, whole."""
    start = _quarter_of(each.start.time()) if each.start.date() == day else 0
    if each.end.date() > day:
        return start, WHOLE_DAY
    return start, -(-(each.end.hour * 60 + each.end.minute) // QUARTER)


def _quarter(at: datetime) -> int:
    return _quarter_of(at.astimezone(PARIS).time())


def _quarter_of(moment: time) -> int:
    return (moment.hour * 60 + moment.minute) // QUARTER


def _now(day: date, now: datetime, frame: Frame) -> Mark | None:
    here = now.astimezone(PARIS)
    row = round((here.hour * 60 + here.minute) / QUARTER) - frame.first
    is_shown = here.date() == day and 1 <= row <= frame.rows
    return Mark(row, format_clock(here.time())) if is_shown else None
