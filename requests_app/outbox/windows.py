"""When a message that nobody is waiting for may disturb someone at home (threats: O04, F09).

Monday to Saturday, 08:30 to 19:30 local time, no public holiday; what falls outside comes earlier, never
later.
"""

from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

from requests_app.lib.workdays import is_holiday

OPENS, CLOSES = time(8, 30), time(19, 30)
LAST_PLANNED = time(19, 20)  # what comes earlier still has ten minutes to leave when sending is slow
SUNDAY = 6


def is_open(at: datetime) -> bool:
    """Tell whether such a message may leave at this instant."""
    here = _here(at)
    return _is_open_day(here.date()) and OPENS <= here.time() <= CLOSES


def brought_forward(wanted: datetime) -> datetime:
    """Return the wanted instant, or the last one before it at which such a message may be planned; in UTC."""
    here = _here(wanted)
    if _is_open_day(here.date()) and OPENS <= here.time() <= LAST_PLANNED:
        return wanted.astimezone(UTC)
    day = here.date()
    if not _is_open_day(day) or here.time() < OPENS:
        day = _open_day_before(day)
    return datetime.combine(day, LAST_PLANNED, timezone.get_default_timezone()).astimezone(UTC)


def day_of(at: datetime) -> tuple[datetime, datetime]:
    """Return the first instant of the local day, and that of the next one."""
    midnight = _here(at).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight, midnight + timedelta(days=1)


def add_open_time(at: datetime, span: timedelta) -> datetime:
    """Return when this much time has passed, counting only the hours at which messages leave; in UTC."""
    here = _here(at)
    while True:
        opens, closes = (datetime.combine(here.date(), each, here.tzinfo) for each in (OPENS, CLOSES))
        start = max(here, opens)
        left = closes.astimezone(UTC) - start.astimezone(UTC)
        if _is_open_day(here.date()) and left >= span:
            return start.astimezone(UTC) + span
        span -= max(left, timedelta()) if _is_open_day(here.date()) else timedelta()
        here = datetime.combine(here.date() + timedelta(days=1), time(), here.tzinfo)


def _here(at: datetime) -> datetime:
    return timezone.localtime(at, timezone.get_default_timezone())


def _is_open_day(day: date) -> bool:
    return day.weekday() != SUNDAY and not is_holiday(day)


def _open_day_before(day: date) -> date:
    day -= timedelta(days=1)
    while not _is_open_day(day):
        day -= timedelta(days=1)
    return day
