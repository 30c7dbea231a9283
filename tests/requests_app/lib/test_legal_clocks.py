"""The clocks of the law on dates alone; each worked case names its article."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from requests_app.lib.legal_clocks import DocumentRequest, LegalClock, Sense, run_clock
from requests_app.lib.months import add_months

D = date.fromisoformat


def requests_of(text):
    parts = [each.split(":") for each in text.split(";")] if text else []
    return [DocumentRequest(D(asked), D(until), D(came) if came else None) for asked, until, came in parts]


def run(sense, months, first, received, requests) -> LegalClock:
    return run_clock(
        sense=Sense(sense),
        months=months,
        received=D(received),
        received_first=D(first) if first else None,
        requests=requests_of(requests),
    )


@pytest.mark.parametrize(
    ("case", "sense", "months", "first", "received", "requests", "day", "suspended"),
    [
        ("L231-4 two months, same number", "refusal", 2, "", "2026-01-15", "", "2026-03-15", 0),
        ("L231-1 two months, same number", "acceptance", 2, "", "2026-01-15", "", "2026-03-15", 0),
        ("L231-1 no 31 June: the last day", "acceptance", 1, "", "2026-05-31", "", "2026-06-30", 0),
        ("L231-4 end of December to February", "refusal", 2, "", "2026-12-31", "", "2027-02-28", 0),
        ("L231-4 to a 29 February", "refusal", 2, "", "2027-12-29", "", "2028-02-29", 0),
        ("L231-4 the 30th to a 29 February", "refusal", 2, "", "2027-12-30", "", "2028-02-29", 0),
        ("L231-4 from a 29 February", "refusal", 2, "", "2028-02-29", "", "2028-04-29", 0),
        ("L231-6 from 28 February stays the 28th", "refusal", 4, "", "2026-02-28", "", "2026-06-28", 0),
        ("CASF L225-2 nine months over a year", "refusal", 9, "", "2026-05-31", "", "2027-02-28", 0),
        ("CASF L421-6 three months", "acceptance", 3, "", "2026-11-30", "", "2027-02-28", 0),
        ("L231-1 a Sunday is a day", "refusal", 2, "", "2026-08-08", "", "2026-10-08", 0),
        ("L114-3 refusal from the first administration", "refusal", 2, "2026-01-02", "2026-02-10", "",
         "2026-03-02", 0),
        ("L114-3 acceptance from the competent one", "acceptance", 2, "2026-01-02", "2026-02-10", "",
         "2026-04-10", 0),
        ("L114-5 suspended until the documents came", "refusal", 2, "", "2026-01-15",
         "2026-01-20:2026-02-10:2026-02-01", "2026-03-27", 12),
        ("L114-5 no later than the delay given", "refusal", 2, "", "2026-01-15",
         "2026-01-20:2026-02-10:2026-06-01", "2026-04-05", 21),
        ("L114-5 nothing came: the clock runs again", "refusal", 2, "", "2026-01-15",
         "2026-01-20:2026-02-10:", "2026-04-05", 21),
        ("L114-5 a document the same day suspends nothing", "refusal", 2, "", "2026-01-15",
         "2026-01-20:2026-02-10:2026-01-20", "2026-03-15", 0),
        ("L114-5 never less than nothing", "refusal", 2, "", "2026-01-15",
         "2026-01-20:2026-02-10:2026-01-10", "2026-03-15", 0),
        ("L114-5 a suspension inside a suspension", "refusal", 2, "", "2026-01-15",
         "2026-01-20:2026-02-20:;2026-01-25:2026-02-01:", "2026-04-15", 31),
        ("L114-5 shared days count once", "refusal", 2, "", "2026-01-15",
         "2026-01-20:2026-02-01:;2026-01-25:2026-02-10:", "2026-04-05", 21),
        ("L114-5 two delays apart", "refusal", 2, "", "2026-01-15",
         "2026-01-20:2026-01-30:;2026-02-20:2026-03-01:", "2026-04-03", 19),
        ("L114-5 whatever the order they are written in", "refusal", 2, "", "2026-01-15",
         "2026-02-20:2026-03-01:;2026-01-20:2026-01-30:", "2026-04-03", 19),
        ("L114-5 asked on the last day", "refusal", 2, "", "2026-01-15",
         "2026-03-15:2026-03-20:", "2026-03-20", 5),
        ("L231-4 asked the day after: the refusal is born", "refusal", 2, "", "2026-01-15",
         "2026-03-16:2026-04-20:", "2026-03-15", 0),
        ("L114-5 asked thanks to an earlier suspension", "refusal", 2, "", "2026-01-15",
         "2026-01-20:2026-01-30:;2026-03-20:2026-04-01:", "2026-04-06", 22),
        ("L231-4 a late one does not carry a later one", "refusal", 2, "", "2026-01-15",
         "2026-03-16:2026-05-20:;2026-04-01:2026-04-10:", "2026-03-15", 0),
        ("L114-3 first administration and a delay", "refusal", 2, "2026-01-02", "2026-02-10",
         "2026-02-20:2026-03-07:", "2026-03-17", 15),
        ("L114-5 acceptance from the last document", "acceptance", 2, "", "2026-01-15",
         "2026-01-20:2026-02-10:2026-02-03;2026-01-25:2026-02-10:2026-02-28", "2026-04-28", 0),
        ("L114-5 a document after the delay counts too", "acceptance", 2, "", "2026-01-15",
         "2026-01-20:2026-02-10:2026-05-31", "2026-07-31", 0),
        ("L114-5 no acceptance while one is missing", "acceptance", 2, "", "2026-01-15",
         "2026-01-20:2026-02-10:2026-02-03;2026-01-25:2026-02-10:", None, 0),
        ("L114-3 complete before the competent one had it", "acceptance", 2, "2026-01-02", "2026-02-10",
         "2026-01-05:2026-01-20:2026-01-18", "2026-04-10", 0),
    ],
)  # fmt: skip
def test_worked_case(case, sense, months, first, received, requests, day, suspended):
    clock = run(sense, months, first, received, requests)
    assert (clock.day and clock.day.isoformat(), clock.suspended_days) == (day, suspended), case


DAYS = some.dates(date(2020, 1, 1), date(2032, 12, 31))
ASKED = some.builds(
    lambda asked, given, came: DocumentRequest(
        asked, asked + timedelta(days=given), None if came is None else asked + timedelta(days=came)
    ),
    some.dates(date(2026, 1, 1), date(2026, 9, 30)),
    some.integers(0, 60),
    some.none() | some.integers(0, 90),
)
REQUESTS = some.lists(ASKED, max_size=6)
START = date(2026, 1, 1)


def refusal(requests, months=2):
    return run_clock(sense=Sense.REFUSAL, months=months, received=START, requests=requests)


class TestProperties:
    @given(DAYS, some.integers(1, 120))
    @settings(max_examples=300, deadline=None)
    def test_a_month_later_is_the_same_number_or_the_last_day(self, day, months):
        later = add_months(day, months)
        assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
        assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)

    @given(REQUESTS)
    @settings(max_examples=300, deadline=None)
    def test_suspended_days_are_those_of_a_calendar_ticked_by_hand(self, requests):
        ticked: set[date] = set()
        base = add_months(START, 2)
        for request in sorted(requests, key=lambda each: each.asked):
            if request.asked <= base + timedelta(days=len(ticked)):
                length = (request.ends - request.asked).days
                ticked |= {request.asked + timedelta(days=n) for n in range(length)}
        clock = refusal(requests)
        assert (clock.suspended_days, clock.day) == (len(ticked), base + timedelta(days=len(ticked)))

    @given(REQUESTS, some.randoms(use_true_random=False))
    @settings(max_examples=100, deadline=None)
    def test_the_order_of_rows_changes_nothing(self, requests, chance):
        shuffled = list(requests)
        chance.shuffle(shuffled)
        assert refusal(shuffled) == refusal(requests)

    @given(REQUESTS, ASKED)
    @settings(max_examples=100, deadline=None)
    def test_one_request_more_never_brings_a_refusal_nearer(self, requests, more):
        before, after = refusal(requests).day, refusal([*requests, more]).day
        assert before
        assert after
        assert after >= before

    @given(DAYS, REQUESTS)
    @settings(max_examples=100, deadline=None)
    def test_acceptance_never_starts_before_everything_is_there(self, received, requests):
        clock = run_clock(sense=Sense.ACCEPTANCE, months=2, received=received, requests=requests)
        if any(request.arrived is None for request in requests):
            assert (clock.start, clock.day) == (None, None)
        else:
            assert clock.start == max([received, *(each.arrived for each in requests)])
