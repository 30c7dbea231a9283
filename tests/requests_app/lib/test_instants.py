"""An instant written by somebody else: one that the database can hold, or none."""

from datetime import UTC, datetime

import pytest

from requests_app.lib.instants import read_instant


@pytest.mark.parametrize(
    ("typed", "hour"),
    [
        ("2027-03-01T09:00:00+01:00", 8),
        ("2027-03-01T09:00Z", 9),
        ("2027-03-01T09:00:00+23:59", -15),
        ("2027-03-01T09:00:00.123456789123456789123456789+01:00", 8),
    ],
)
def test_W03_reads_any_offset_as_the_hour_that_it_is(typed, hour):
    found = read_instant(typed)
    assert found is not None
    assert found.tzinfo == UTC
    assert (found - datetime(2027, 3, 1, tzinfo=UTC)).total_seconds() // 3600 == hour


@pytest.mark.parametrize(
    "typed", ["", "demain", "2027-03-01T09:00", "2027-99-01T09:00Z", "0001-01-01T00:00:00+23:59", "9" * 5000]
)
def test_W03_reads_nothing_else(typed):
    assert read_instant(typed) is None
