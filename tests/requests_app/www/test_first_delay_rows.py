"""« Premier rendez-vous »: the total less the groups that are shown tells of five waits, or of none (P06)."""

from dataclasses import replace
from datetime import date
from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from requests_app.first_delay.delays import Followed
from requests_app.first_delay.selectors.cases import Case, Kind
from requests_app.first_delay.survival import Wait
from requests_app.www.dashboards.first_delay_plots import months_plot
from requests_app.www.dashboards.first_delay_query import DelayQuery
from requests_app.www.dashboards.first_delay_rows import compare_places, four_delays

DAY = date(2026, 11, 2)
PLACES = {"a": "Lyon 8e", "b": "Bron", "c": "Givors", "d": "Vaulx-en-Velin"}
CASES = st.lists(st.tuples(st.sampled_from("abcd"), st.booleans()), max_size=40)
ALL = DelayQuery("", "", "", None, None, "", "", "tenu", "", DAY, DAY)


def cases_of(drawn):
    return {
        kind: [
            Case(place, "suivi", True, DAY, Followed(Wait(9, not is_waiting), is_waiting))
            for place, is_waiting in drawn
        ]
        for kind in Kind
    }


def subsets(numbers):
    return chain.from_iterable(combinations(numbers, size) for size in range(len(numbers) + 1))


def told(rows, total):
    """The numbers shown, and what is left of the total by each way to subtract them."""
    shown = [int(text) for text in rows if text.isdecimal()]
    return {total - sum(each) for each in subsets(shown)}


def waiting_of(row):
    return row.waiting.partition(" ")[0] if row.waiting and "moins" not in row.waiting else "few"


@given(CASES)
def test_P06_no_subtraction_leaves_one_to_four(drawn):
    cases = cases_of(drawn)
    rows = compare_places(cases, ALL, PLACES)
    assert not told([row.count for row in rows], len(drawn)) & {1, 2, 3, 4} or len(drawn) < 5
    waiting = sum(is_waiting for _place, is_waiting in drawn)
    assert not told(map(waiting_of, rows), waiting) & {1, 2, 3, 4} or waiting < 5


@given(st.lists(st.integers(0, 5), max_size=40))
def test_P06_nor_month_by_month(months):
    cases = cases_of([("a", False)] * len(months))
    on = [
        replace(case, on=date(2026, 5 + month, 2))
        for month, case in zip(months, cases[Kind.HELD], strict=True)
    ]
    plot = months_plot({Kind.HELD: on}, replace(ALL, first=date(2026, 5, 1)))
    assert not told([row[1] for row in plot.rows], len(months)) & {1, 2, 3, 4} or len(months) < 5
    assert sum(row[1] == "0" for row in plot.rows) == len(plot.rows) - len(set(months))


@given(CASES)
def test_the_groups_are_the_total(drawn):
    cases = cases_of(drawn)
    rows = compare_places(cases, ALL, PLACES)
    if len(drawn) >= 5:
        assert sum(int(row.count) for row in rows) == len(drawn) == int(four_delays(cases, ALL)[0].count)
    else:
        assert {row.count for row in rows} <= {"moins de 5"}
