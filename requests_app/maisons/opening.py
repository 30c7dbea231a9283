"""When a Maison is open: now, next, and in lines to read; public holidays are closed."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from opening_hours import OpeningHours, State

from requests_app.lib import french
from requests_app.lib.local_time import PARIS as PARIS
from requests_app.maisons.models import Maison

PLAIN_MONDAY = datetime(2024, 1, 8)
MIDNIGHT = time()
LOOKED_AHEAD = timedelta(days=60)

Span = tuple[time, time]


@lru_cache(maxsize=512)
def _hours(expression: str, *, zoned: bool) -> OpeningHours:
    return OpeningHours(f"{expression}; PH off", country="FR", timezone=PARIS if zoned else None)


def is_open(maison: Maison, at: datetime) -> bool | None:
    """Tell whether people are received at an instant; None when the hours are not known."""
    if not maison.opening_hours:
        return None
    return _receives(maison) and _hours(maison.opening_hours, zoned=True).is_open(at.astimezone(PARIS))


def receives_during(maison: Maison, start: datetime, end: datetime) -> bool:
    """Tell whether the door stays open from one instant to another; the hours must be known."""
    if not _receives(maison):
        return False
    hours = _hours(maison.opening_hours, zoned=True)
    change = hours.next_change(start.astimezone(PARIS))
    return hours.is_open(start.astimezone(PARIS)) and (change is None or change >= end)


def next_opening(maison: Maison, at: datetime) -> datetime | None:
    """Return the next instant, after this one, at which the door opens; None when nobody knows."""
    if not maison.opening_hours or not _receives(maison):
        return None
    hours = _hours(maison.opening_hours, zoned=True)
    change = hours.next_change(at.astimezone(PARIS))
    if change is not None and not hours.is_open(change):
        change = hours.next_change(change)
    return change if change is not None and hours.is_open(change) else None


def next_spans(maison: Maison, at: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield the openings from an instant on, the one under way from there; none when nobody knows."""
    if not maison.opening_hours or not _receives(maison):
        return
    start = at.astimezone(PARIS)
    intervals = _hours(maison.opening_hours, zoned=True).intervals(start, start + LOOKED_AHEAD)
    yield from ((opens, closes) for opens, closes, state, _comment in intervals if state == State.OPEN)


def is_open_on_saturday(maison: Maison) -> bool:
    """Tell whether an ordinary Saturday has hours."""
    saturday = PLAIN_MONDAY + timedelta(days=5)
    return bool(maison.opening_hours) and _receives(maison) and any(_spans(maison.opening_hours, saturday))


def describe_now(maison: Maison, at: datetime) -> str:
    """Write « Ouvert jusqu’à 12 h », « Fermé, ouvre lundi 30 novembre à 8 h 30 »; "" when nobody knows."""
    open_now = is_open(maison, at)
    if open_now is None:
        return ""
    if open_now:
        end = _hours(maison.opening_hours, zoned=True).next_change(at.astimezone(PARIS))
        return _("Ouvert jusqu’à %(time)s") % {"time": format_clock(end.time())} if end else _("Ouvert")
    return describe_opening(next_opening(maison, at), at)


def describe_opening(opens: datetime | None, at: datetime) -> str:
    """Write « Fermé, ouvre lundi 30 novembre à 8 h 30 » of a door that is shut; None: nobody knows when."""
    if opens is None:
        return _("Fermé")
    opens = opens.astimezone(PARIS)
    words = {"time": format_clock(opens.time()), "day": french.day(opens)}
    if opens.date() == at.astimezone(PARIS).date():
        return _("Fermé, ouvre à %(time)s") % words
    return _("Fermé, ouvre %(day)s à %(time)s") % words


def _receives(maison: Maison) -> bool:
    return maison.closed_on is None and maison.public_access != Maison.PublicAccess.NO


def describe_week(maison: Maison) -> list[str]:
    """Write the week: « lundi, jeudi : 8 h 30 – 12 h, 13 h 30 – 17 h »."""
    days: dict[tuple[Span, ...], list[str]] = {}
    for number in range(7 if maison.opening_hours and _receives(maison) else 0):
        day = PLAIN_MONDAY + timedelta(days=number)
        spans = tuple(_spans(maison.opening_hours, day))
        if spans:
            days.setdefault(spans, []).append(date_format(day, "l"))
    return [f"{', '.join(names)} : {', '.join(map(_span_words, spans))}" for spans, names in days.items()]


def spans_on(maison: Maison, day: date) -> list[Span]:
    """Return the hours of one day, public holidays included; empty when closed, or not known."""
    if not maison.opening_hours or not _receives(maison):
        return []
    return list(_spans(maison.opening_hours, datetime.combine(day, time())))


def closures(maison: Maison, day: date) -> list[Span]:
    """Return the closures between two openings of a day."""
    spans = spans_on(maison, day)
    return [(before[1], after[0]) for before, after in pairwise(spans)]


def describe_day(maison: Maison, day: date) -> str:
    """Write one day: « ouvert de 8 h 30 à 12 h et de 13 h 30 à 17 h », « fermé », or "" when nobody knows."""
    if not maison.opening_hours:
        return ""
    spans = [
        _("de %(from)s à %(to)s") % {"from": format_clock(a), "to": format_clock(b)}
        for a, b in spans_on(maison, day)
    ]
    return _("ouvert %(hours)s") % {"hours": _(" et ").join(spans)} if spans else _("fermé")


def _spans(expression: str, day: datetime) -> Iterator[Span]:
    intervals = _hours(expression, zoned=False).intervals(day, day + timedelta(days=1))
    for start, end, state, _comment in intervals:
        if state == State.OPEN:
            yield start.time(), end.time()


def _span_words(span: Span) -> str:
    return " – ".join(format_clock(moment) for moment in span)


def format_clock(moment: time) -> str:
    """Write an hour as people read it: « 8 h 30 », « 12 h », « minuit »."""
    if moment == MIDNIGHT:
        return _("minuit")
    if not moment.minute:
        return _("%(hour)d h") % {"hour": moment.hour}
    return _("%(hour)d h %(minute)02d") % {"hour": moment.hour, "minute": moment.minute}
