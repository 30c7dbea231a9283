"""When the door is open, for the agent and for the citizen's page."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from requests_app.maisons.models import Maison
from requests_app.maisons.opening import describe_week, is_open, next_opening

PARIS = ZoneInfo("Europe/Paris")
HOURS = "Mo 08:30-12:00,13:30-17:00; Tu 13:00-17:00; We-Th 08:30-12:00,13:30-17:00; Fr 08:30-12:00"


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


@pytest.fixture
def maison():
    return Maison(opening_hours=HOURS, public_access="yes")


class TestIsOpen:
    @pytest.mark.parametrize(
        ("moment", "expected"),
        [
            ("2026-11-23 08:29", False),
            ("2026-11-23 08:30", True),
            ("2026-11-23 12:30", False),
            ("2026-11-24 10:00", False),
            ("2026-11-28 10:00", False),
            ("2026-05-14 10:00", False),
            ("2026-12-25 10:00", False),
        ],
    )
    def test_follows_the_hours_and_closes_on_public_holidays(self, maison, moment, expected):
        assert is_open(maison, at(moment)) is expected

    def test_reads_an_instant_of_another_zone(self, maison):
        assert is_open(maison, datetime(2026, 11, 23, 7, 45, tzinfo=ZoneInfo("UTC")))

    def test_does_not_know_without_hours(self):
        assert is_open(Maison(), at("2026-11-23 10:00")) is None

    def test_is_false_where_the_public_is_not_received(self, maison):
        maison.public_access = "no"
        assert is_open(maison, at("2026-11-23 10:00")) is False
        assert next_opening(maison, at("2026-11-23 10:00")) is None


class TestNextOpening:
    @pytest.mark.parametrize(
        ("moment", "expected"),
        [
            ("2026-11-23 07:00", "2026-11-23 08:30"),
            ("2026-11-23 10:00", "2026-11-23 13:30"),
            ("2026-11-27 18:00", "2026-11-30 08:30"),
            ("2026-12-24 18:00", "2026-12-28 08:30"),
        ],
    )
    def test_skips_nights_weekends_and_holidays(self, maison, moment, expected):
        assert next_opening(maison, at(moment)) == at(expected)


class TestLines:
    def test_group_the_days_that_are_alike(self, maison):
        assert describe_week(maison) == [
            "lundi, mercredi, jeudi : 8 h 30 – 12 h, 13 h 30 – 17 h",
            "mardi : 13 h – 17 h",
            "vendredi : 8 h 30 – 12 h",
        ]

    def test_a_day_that_ends_at_midnight_says_so(self):
        assert describe_week(Maison(opening_hours="Sa 18:00-24:00")) == ["samedi : 18 h – minuit"]

    def test_are_none_without_hours(self):
        assert describe_week(Maison()) == []
