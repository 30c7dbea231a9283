from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from requests_app.indicators.delays import bucket, percentile, spread, tenths_of, working_days

PARIS = ZoneInfo("Europe/Paris")


def at(day: str, hour: int = 0) -> datetime:
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("received", "answered", "tenths"),
    [
        (at("2026-11-04", 9), at("2026-11-04", 21), 5),  # half a day
        (at("2026-11-06", 12), at("2026-11-09", 12), 10),  # from Friday to Monday
        (at("2026-11-07", 10), at("2026-11-08", 10), 0),  # within a week-end
        (at("2026-11-10", 12), at("2026-11-12", 12), 10),  # the 11th is a holiday
        (at("2026-12-24", 0), at("2026-12-28", 0), 10),  # so is Christmas, a Friday
        (at("2026-11-04", 9), at("2026-11-03", 9), 0),  # a clock that went back
    ],
)
def test_I8_a_delay_counts_working_days_only(received, answered, tenths):
    assert tenths_of(received, answered) == tenths


def test_working_days_leave_out_week_ends_and_holidays():
    assert working_days(date(2026, 11, 2), date(2026, 11, 15)) == 9
    assert working_days(date(2026, 11, 7), date(2026, 11, 8)) == 0


def test_steps_grow_with_the_delay_and_stay_few():
    assert [bucket(n) for n in (0, 49, 53, 199, 207, 9999)] == [0, 49, 50, 195, 200, 600]
    assert len({bucket(n) for n in range(100_000)}) < 130


def test_the_middle_and_the_ninetieth_are_answers_that_were_given():
    counts = {1: 5, 20: 4, 80: 1}
    assert (percentile(counts, 0.5), percentile(counts, 0.9)) == (0.1, 2.0)
    assert percentile({}, 0.5) is None


def test_the_columns_of_the_distribution_hold_every_answer():
    counts = {0: 1, 9: 1, 10: 1, 29: 1, 30: 1, 50: 1, 100: 1, 200: 1, 600: 1}
    assert spread(counts) == [2, 1, 1, 1, 1, 1, 2]
