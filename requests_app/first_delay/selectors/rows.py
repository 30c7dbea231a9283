"""The days of each ticket of a window, from what is stored: past tickets as well as those to come."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.db.models import Q

from requests_app.first_delay.delays import TicketDates
from requests_app.first_delay.selectors.regulars import Past, had_one, read_past
from requests_app.first_delay.selectors.sources import Traces, read_first_received, read_traces
from requests_app.lib.workdays import add_working_days
from requests_app.tickets.deadlines import local_day, midnight
from requests_app.tickets.models import Ticket

Columns = tuple[int, datetime, datetime | None, int | None, str | None, int | None]
COLUMNS = ("pk", "received_at", "closed_at", "person", "maison__code", "topic__delay_days")
ONE_DAY = timedelta(days=1)


def rows_of(first: date, last: date) -> list[TicketDates]:
    """Return one row for each ticket received then with a search, a place on a list or an appointment."""
    traces = read_traces(first)
    first_received, end = read_first_received(first), midnight(last + ONE_DAY)
    reader = _Reader(traces, first_received, read_past(first, end))
    # One merged with an older one may itself have been received after the window.
    in_window = Q(received_at__lt=end) | Q(pk__in=list(first_received))
    tickets = Ticket.objects.filter(in_window, merged_into=None, received_at__gte=midnight(first))
    columns = tickets.order_by("received_at", "pk").values_list(*COLUMNS)
    return [row for row in reader.read(columns) if first <= row.asked_on <= last]


@dataclass(frozen=True, slots=True)
class _Reader:
    traces: dict[int, Traces]
    first_received: dict[int, datetime]
    past: Past

    def read(self, columns: Iterable[Columns]) -> Iterator[TicketDates]:
        for row in columns:
            if traces := self.traces.get(row[0]):
                yield self._row(row, traces)

    def _row(self, columns: Columns, traces: Traces) -> TicketDates:
        root, received_at, closed_at, person, maison, delay_days = columns
        asked_on = local_day(min(received_at, self.first_received.get(root, received_at)))
        kind, place = _what(traces, maison or "")
        return TicketDates(
            maison=place,
            type=kind,
            is_first_time=not had_one(self.past, person, root, asked_on),
            asked_on=asked_on,
            offered_on=_not_before(asked_on, _first_shown(traces)),
            booked_on=_not_before(asked_on, traces.booked[0].first_start if traces.booked else None),
            held_on=_not_before(asked_on, min((b.start for b in traces.booked if b.has_come), default=None)),
            closed_on=_not_before(asked_on, closed_at),
            announced_days=None if delay_days is None else announced_days(asked_on, delay_days),
        )


def _what(traces: Traces, maison: str) -> tuple[str, str]:
    """Return type and Maison of the first appointment, else of the first search or place on a list."""
    if traces.booked:
        return traces.booked[0].type, traces.booked[0].maison
    first = min(traces.asked, key=lambda asked: asked.at)
    return first.type, first.maison or maison


def _first_shown(traces: Traces) -> datetime | None:
    """Return the start of the first slot shown; one booked without a search was shown when it was booked."""
    shown = min((each for each in traces.asked if each.start), key=lambda each: each.at, default=None)
    booked = traces.booked[0] if traces.booked else None
    if shown and (booked is None or shown.at <= booked.at):
        return shown.start
    return booked.first_start if booked else None


def _not_before(asked_on: date, at: datetime | None) -> date | None:
    """Return the day here; what was entered after it took place made nobody wait."""
    return max(asked_on, local_day(at)) if at else None


@lru_cache(maxsize=8192)
def announced_days(asked_on: date, working_days: int) -> int:
    """Return in calendar days the delay that a topic announces in working days."""
    return (add_working_days(asked_on, working_days) - asked_on).days
