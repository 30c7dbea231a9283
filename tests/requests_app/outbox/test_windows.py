"""O04, F09: reminders and surveys keep hours, over changes of hour, holidays and the 29th of February."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from requests_app.outbox.windows import brought_forward, day_of, is_open

PARIS = ZoneInfo("Europe/Paris")
MINUTE = timedelta(minutes=1)
MAX_PAUSE = timedelta(days=4)  # three closed days in a row, and the nights


def paris(text):
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


instants = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
# The nights of both changes of hour, a leap day, a holiday beside a Sunday, both ends of the day.
TRAPS = [
    *("2026-03-29T00:59", "2026-03-29T01:00", "2026-10-25T00:30", "2026-10-25T01:30", "2028-02-29T12:00"),
    *("2028-03-01T03:00", "2026-12-25T09:00", "2026-12-26T08:29", "2027-05-17T10:00", "2026-11-25T18:30"),
]


def with_traps(test):
    for text in TRAPS:
        test = example(datetime.fromisoformat(text).replace(tzinfo=UTC))(test)
    return test


@with_traps
@settings(max_examples=300, deadline=None)
@given(instants)
def test_O04_it_comes_earlier_never_later_and_in_its_hours(wanted):
    planned = brought_forward(wanted)
    assert planned <= wanted
    assert wanted - planned < MAX_PAUSE
    assert is_open(planned)
    assert brought_forward(planned) == planned


@with_traps
@settings(max_examples=40, deadline=None)
@given(instants)
def test_O04_it_is_the_last_instant_that_leaves_ten_minutes_to_send(wanted):
    planned, at = brought_forward(wanted), wanted
    while at > planned + MINUTE:
        assert not is_open(at) or not is_open(at + 11 * MINUTE) or at - planned < 11 * MINUTE
        at -= MINUTE


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        ("2026-11-25T08:29", False),
        ("2026-11-25T08:30", True),
        ("2026-11-25T19:30", True),
        ("2026-11-25T19:31", False),
        ("2026-11-28T12:00", True),  # Saturday
        ("2026-11-29T12:00", False),  # Sunday
        ("2026-12-25T12:00", False),  # a Friday, and Christmas
        ("2027-05-17T12:00", False),  # Whit Monday
        ("2028-02-29T12:00", True),
        ("2026-03-30T08:30", True),  # the morning after the clocks went forward
        ("2026-10-26T08:30", True),  # and back
    ],
)
def test_O04_the_hours_are_those_of_the_clock_on_the_wall(at, opens):
    assert is_open(paris(at)) is opens


@pytest.mark.parametrize(
    ("wanted", "planned"),
    [
        ("2026-11-25T14:00", "2026-11-25T14:00"),
        ("2026-11-25T03:00", "2026-11-24T19:20"),
        ("2026-11-25T23:00", "2026-11-25T19:20"),
        ("2026-11-29T10:00", "2026-11-28T19:20"),
        ("2026-12-27T10:00", "2026-12-26T19:20"),
        ("2026-12-26T07:00", "2026-12-24T19:20"),
        ("2028-03-01T07:00", "2028-02-29T19:20"),
        ("2026-03-29T03:30", "2026-03-28T19:20"),
        ("2026-10-25T02:30", "2026-10-24T19:20"),
    ],
)
def test_F09_moved_to_the_last_hours_before(wanted, planned):
    assert brought_forward(paris(wanted)) == paris(planned)


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2028-02-29", 24)])
def test_F09_a_day_has_the_hours_of_its_clocks(day, hours):
    start, end = day_of(paris(f"{day}T12:00"))
    assert (end.astimezone(UTC) - start.astimezone(UTC)) == timedelta(hours=hours)
