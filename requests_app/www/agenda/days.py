"""The days of an agenda: which one is asked for, when it begins and ends."""

from datetime import UTC, date, datetime, time, timedelta

from django.core.exceptions import BadRequest
from django.http import HttpRequest

from requests_app.maisons.opening import PARIS
from requests_app.www.backoffice.triage.listing import YEARS


def read_day(request: HttpRequest, now: datetime) -> date:
    """Return the day asked for, or today; raises BadRequest."""
    return read_date(request, "jour") or now.astimezone(PARIS).date()


def read_date(request: HttpRequest, name: str) -> date | None:
    """Return a date of the address, None when it has none; raises BadRequest."""
    asked = request.GET.get(name, "")
    if not asked:
        return None
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
