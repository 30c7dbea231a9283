"""Months on a calendar: the same day number, or the last of a shorter month."""

from calendar import monthrange
from datetime import date


def add_months(day: date, months: int) -> date:
    """Return the day a number of months later (or earlier): 31 January plus one month is 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def first_of_month(day: date) -> date:
    return day.replace(day=1)
