"""Whole weeks, Monday to Sunday, of local days; pages name one by its Monday, in the parameter `semaine`."""

from datetime import date, datetime, time, timedelta

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils import timezone

WEEK = timedelta(days=7)
_YEARS_BACK = 20


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def bounds_of(week: date) -> tuple[datetime, datetime]:
    """Return local midnight of the Monday, and of the next one."""
    return (
        timezone.make_aware(datetime.combine(week, time.min)),
        timezone.make_aware(datetime.combine(week + WEEK, time.min)),
    )


def read_week(request: HttpRequest, *, today: date) -> date:
    """Return the Monday asked for, this week's when none is; raises BadRequest."""
    asked = request.GET.get("semaine")
    if asked is None:
        return monday_of(today)
    try:
        week = date.fromisoformat(asked)
    except ValueError as error:
        raise BadRequest("not a day") from error
    if week.weekday() or not today.year - _YEARS_BACK <= week.year or week > today:
        raise BadRequest("not a week of ours")
    return week
