"""Reading recurrences, and the days they give."""

import re
from datetime import UTC, date, datetime
from itertools import islice, pairwise

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from requests_app.slots.computing.recurrence import occurrences
from requests_app.slots.rules import UnreadableRule, read_rule
from tests.requests_app.slots import brute
from tests.requests_app.slots.worlds import rules

FOREVER = {"low": date(2000, 1, 1), "high": date(2028, 12, 31)}
MONDAY = datetime(2026, 12, 7, 9)


def days(text, start=MONDAY, **limits):
    return [f"{each:%d/%m/%y}" for each in occurrences(start, read_rule(text), **{**FOREVER, **limits})]


def agrees_with_dateutil(text):
    """Tell whether dateutil reads a rule as we do.

    It does not count a start that the rule would not give, refuses Z beside hours without offset, and takes
    « MO,1TU » for the Mondays that are a first Tuesday, where the RFC adds the two.
    """
    by_day = re.search(r"BYDAY=([^;]*)", text)
    is_mixed = by_day is not None and len({len(each) == 2 for each in by_day[1].split(",")}) > 1
    return not ("COUNT" in text or text.endswith("Z") or is_mixed)


class TestOccurrences:
    def test_once(self):
        assert days("") == ["07/12/26"]
        assert days("", low=date(2026, 12, 8)) == []

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("FREQ=WEEKLY;COUNT=3", ["07/12/26", "14/12/26", "21/12/26"]),
            ("FREQ=WEEKLY;INTERVAL=2;COUNT=2", ["07/12/26", "21/12/26"]),
            ("FREQ=DAILY;INTERVAL=10;COUNT=3", ["07/12/26", "17/12/26", "27/12/26"]),
            ("FREQ=MONTHLY;COUNT=3", ["07/12/26", "07/01/27", "07/02/27"]),
            ("FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20270131", ["07/12/26", "25/12/26", "29/01/27"]),
            ("FREQ=MONTHLY;BYDAY=2MO;COUNT=3", ["07/12/26", "14/12/26", "11/01/27"]),
            ("FREQ=MONTHLY;BYMONTHDAY=-1,7;COUNT=3", ["07/12/26", "31/12/26", "07/01/27"]),
            ("FREQ=MONTHLY;BYDAY=MO;BYMONTHDAY=1,2,3,4,5,6,7;COUNT=2", ["07/12/26", "04/01/27"]),
            ("FREQ=WEEKLY;BYDAY=MO,WE;COUNT=3", ["07/12/26", "09/12/26", "14/12/26"]),
            ("freq=weekly;byday=mo,we;count=2", ["07/12/26", "09/12/26"]),
            ("FREQ=DAILY;BYDAY=MO;UNTIL=20261220", ["07/12/26", "14/12/26"]),
        ],
    )
    def test_rules(self, text, expected):
        assert days(text) == expected

    def test_the_start_is_the_first_even_when_the_rule_would_not_give_it(self):
        assert days("FREQ=WEEKLY;BYDAY=TU;COUNT=2") == ["07/12/26", "08/12/26"]

    def test_months_without_the_day_of_the_start_are_left_out(self):
        assert days("FREQ=MONTHLY;COUNT=3", datetime(2027, 1, 31, 9)) == ["31/01/27", "31/03/27", "31/05/27"]

    @pytest.mark.parametrize(
        ("until", "count"),
        [
            ("20261214", 2),
            ("20261213", 1),
            ("20261214T090000", 2),
            ("20261214T085959", 1),
            ("20261214T080000Z", 2),
            ("20261214T075959Z", 1),
            ("20261206", 0),
        ],
    )
    def test_until_is_included_and_z_is_utc(self, until, count):
        assert len(days(f"FREQ=WEEKLY;UNTIL={until}")) == count

    def test_the_day_on_which_a_week_begins_counts(self):
        """The worked example of RFC 5545 §3.8.5.3."""
        start = datetime(1997, 8, 5, 9)
        rule = "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST="
        past = {"low": date(1997, 1, 1)}
        assert days(f"{rule}MO", start, **past) == ["05/08/97", "10/08/97", "19/08/97", "24/08/97"]
        assert days(f"{rule}SU", start, **past) == ["05/08/97", "17/08/97", "19/08/97", "31/08/97"]

    def test_without_end_or_without_any_day_it_stops_with_the_days_asked(self):
        week = {"low": date(2026, 12, 7), "high": date(2026, 12, 13)}
        assert len(days("FREQ=DAILY", datetime(1903, 1, 1, 9), **week)) == 7
        assert days("FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31", datetime(1903, 2, 1, 9), **week) == []
        assert days("FREQ=DAILY;INTERVAL=999999999", **week) == ["07/12/26"]

    @settings(max_examples=60, deadline=None)
    @given(rules(first=date(2027, 1, 13)), st.integers(0, 30), st.integers(0, 200))
    def test_gives_the_days_of_a_slow_computation_and_of_dateutil(self, text, skipped, more):
        start, last = datetime(2027, 1, 13, 9, 15), date(2027, 8, 31)
        slow = [each for each, _end in brute.occurrences(start, start, text, last)]
        found = list(occurrences(start, read_rule(text), low=start.date(), high=last))
        assert [brute.epoch(each) for each in found] == slow
        low = date.fromordinal(start.toordinal() + skipped)
        high = date.fromordinal(low.toordinal() + more)
        part = list(occurrences(start, read_rule(text), low=low, high=high))
        assert part == [each for each in found if low <= each.date() <= high] or high > last
        if agrees_with_dateutil(text):
            whole = re.sub(r"(UNTIL=\d{8})$", r"\1T235959", text)  # for dateutil a bare date ends at midnight
            later = (each for each in rrulestr(whole, dtstart=start) if each > start)
            assert found[1:] == list(islice(later, max(0, len(found) - 1)))
        assert all(one < other for one, other in pairwise(found))


class TestReading:
    @pytest.mark.parametrize(
        "text",
        [
            "FREQ=YEARLY",
            "FREQ=HOURLY;COUNT=2",
            "COUNT=2",
            "FREQ=DAILY;",
            "FREQ=DAILY;FREQ=DAILY",
            "FREQ=DAILY;COUNT=0",
            "FREQ=DAILY;COUNT=-1",
            "FREQ=DAILY;COUNT=٣",
            "FREQ=DAILY;INTERVAL=0",
            "FREQ=DAILY;INTERVAL=x",
            "FREQ=DAILY;INTERVAL=99999999999999999999",
            "FREQ=DAILY;UNTIL=2027-01-01",
            "FREQ=DAILY;UNTIL=20270230",
            "FREQ=DAILY;UNTIL=20270101T250000",
            "FREQ=DAILY;COUNT=2;UNTIL=20270101",
            "FREQ=DAILY;BYDAY=1MO",
            "FREQ=WEEKLY;BYDAY=-1FR",
            "FREQ=WEEKLY;BYDAY=",
            "FREQ=WEEKLY;BYDAY=LU",
            "FREQ=WEEKLY;BYMONTHDAY=1",
            "FREQ=MONTHLY;BYMONTHDAY=0",
            "FREQ=MONTHLY;BYMONTHDAY=32",
            "FREQ=MONTHLY;BYDAY=6MO",
            "FREQ=MONTHLY;BYDAY=0MO",
            "FREQ=MONTHLY;BYSETPOS=1;BYDAY=MO",
            "FREQ=WEEKLY;WKST=LU",
            "FREQ=WEEKLY;BYHOUR=9",
            "FREQ=WEEKLY\nDTSTART=20270101",
            "chaque lundi",
            "FREQ=DAILY;UNTIL=" + "9" * 400,
        ],
    )
    def test_what_is_not_understood_is_refused_with_a_sentence(self, text):
        with pytest.raises(UnreadableRule, match=r"répétition|FREQ="):
            read_rule(text)

    def test_says_which_part(self):
        with pytest.raises(UnreadableRule, match=r"^La répétition « BYHOUR=9 » n’est pas comprise\.$"):
            read_rule("FREQ=WEEKLY;BYHOUR=9")

    def test_keeps_what_it_read(self):
        rule = read_rule("FREQ=MONTHLY;INTERVAL=3;BYDAY=+2MO,-1FR,SU;WKST=SU;UNTIL=20270101T000000Z")
        assert rule.weekdays == {(2, 0), (-1, 4), (0, 6)}
        assert (rule.interval, rule.week_start) == (3, 6)
        assert rule.until.moment == datetime(2027, 1, 1, tzinfo=UTC)
