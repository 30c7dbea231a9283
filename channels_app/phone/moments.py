"""When a call may be promised: the ends of the next openings, chosen in one click."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice

from django.utils.translation import gettext as _

from requests_app.lib import french
from requests_app.lib.workdays import is_working_day
from requests_app.maisons.models import Maison
from requests_app.maisons.opening import PARIS, describe_week, format_clock, is_open, spans_on

OFFERED = 4
LOOKS_AHEAD = 8  # days
SOONEST = timedelta(minutes=30)
USUAL = ((time(9), time(12)), (time(14), time(17)))  # where no hours are known, or no visitor is received
MINUTE = timedelta(minutes=1)


def presets(maison: Maison | None, now: datetime) -> list[tuple[str, str]]:
    """Return the next deadlines for a call, as a value and a label: « aujourd’hui avant 12 h »."""
    ends = (end for end in _ends(maison, now) if end >= now + SOONEST)
    return [(value_of(end), _words(end, now)) for end in islice(ends, OFFERED)]


def value_of(at: datetime) -> str:
    return f"{at.astimezone(PARIS):%Y-%m-%dT%H:%M}"


def read_value(value: str) -> datetime:
    """Return the instant of a preset; raises ValueError."""
    return datetime.strptime(value, "%Y-%m-%dT%H:%M").replace(tzinfo=PARIS)


def why_closed(maison: Maison | None, at: datetime) -> str:
    """Return why nobody can call just before that instant; "" when somebody can, or hours are unknown."""
    hours = " ; ".join(describe_week(maison)).rstrip(".") if maison else ""
    if maison is None or not hours or is_open(maison, at - MINUTE) is not False:
        return ""
    return _("Personne n’appelle à cette heure. Horaires : %(hours)s.") % {"hours": hours}


def _ends(maison: Maison | None, now: datetime) -> Iterator[datetime]:
    today = now.astimezone(PARIS).date()
    for number in range(LOOKS_AHEAD):
        day = today + timedelta(days=number)
        for _start, end in _spans(maison, day):
            yield datetime.combine(day, end, PARIS)


def _spans(maison: Maison | None, day: date) -> list[tuple[time, time]]:
    if maison is not None and describe_week(maison):
        return spans_on(maison, day)
    return list(USUAL) if is_working_day(day) else []


def _words(end: datetime, now: datetime) -> str:
    hour = format_clock(end.time())
    days = (end.date() - now.astimezone(PARIS).date()).days
    if days == 0:
        return _("Aujourd’hui avant %(hour)s") % {"hour": hour}
    if days == 1:
        return _("Demain avant %(hour)s") % {"hour": hour}
    day = french.day(end)
    return _("%(day)s avant %(hour)s") % {"day": day[:1].upper() + day[1:], "hour": hour}
