"""The effect of a trial against hand-made worlds, and against the slow and obvious computation."""

from itertools import combinations
from statistics import mean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from requests_app.experiments.effect import EFFECT, NO_EFFECT, UNKNOWN, measure_effect
from requests_app.experiments.observations import Observation
from tests.requests_app.experiments.worlds import draw_world, make_world

SEVEN = {"a": 9.0, "b": 8.0, "c": 1.0, "d": 0.0, "e": -1.0, "f": 2.0, "g": 0.5}


def as_large_under(changes, tried, delta):
    """Share of assignments as large once ``delta`` is taken from the tried sites, from the words alone."""
    values = {site: value - (delta if site in tried else 0) for site, value in changes.items()}

    def difference(chosen):
        inside = [value for site, value in values.items() if site in chosen]
        return mean(inside) - mean(value for site, value in values.items() if site not in chosen)

    real = abs(difference(tried))
    sizes = [abs(difference(chosen)) for chosen in combinations(values, len(tried))]
    return sum(size >= real - 1e-9 * max(map(abs, changes.values())) for size in sizes) / len(sizes)


class TestEstimate:
    def test_is_the_difference_of_the_means_of_changes(self):
        found = measure_effect(make_world(SEVEN, tried={"a", "b"}))
        assert found.estimate == pytest.approx((9 + 8) / 2 - (1 + 0 - 1 + 2 + 0.5) / 5)
        assert found.sites == 7
        assert found.p == pytest.approx(1 / 21)
        assert found.verdict == EFFECT

    def test_weighs_the_periods_of_a_site_by_n_and_each_site_once(self):
        rows = [
            Observation("a", "1", True, False, 10.0, 1),
            Observation("a", "2", True, False, 20.0, 3),
            Observation("a", "3", True, True, 30.0, 1000),
            Observation("b", "1", False, False, 1.0, 1),
            Observation("b", "3", False, True, 2.0, 1),
        ]
        assert measure_effect(rows).estimate == pytest.approx((30 - 17.5) - 1)

    def test_missing_rows_are_never_filled_and_a_site_without_both_sides_leaves(self):
        rows = make_world(SEVEN, tried={"a", "b"})
        empty = Observation("a", "3", True, True, None, 50)
        nobody = Observation("c", "3", False, True, 100.0, 0)
        one_side = Observation("h", "1", False, False, 3.0, 9)
        assert measure_effect([*rows, empty, nobody, one_side]) == measure_effect(rows)

    @pytest.mark.parametrize("tried", [set(), set(SEVEN)])
    def test_without_two_sides_only_the_sites_are_known(self, tried):
        found = measure_effect(make_world(SEVEN, tried=tried))
        assert (found.estimate, found.low, found.high, found.p, found.sites) == (None, None, None, None, 7)
        assert found.verdict == UNKNOWN

    def test_nothing_measured_is_no_site(self):
        assert measure_effect([]).sites == 0


class TestBelief:
    def test_too_few_sites_can_never_conclude(self):
        found = measure_effect(make_world({"a": 50.0, "b": 0.0, "c": 0.1, "d": 0.2}, tried={"a"}))
        assert (found.p, found.low, found.high, found.verdict) == (0.25, None, None, UNKNOWN)

    def test_absence_is_concluded_only_against_an_effect_that_would_matter(self):
        rows = draw_world(3, effect=0)
        assert measure_effect(rows).verdict == UNKNOWN
        assert measure_effect(rows, smallest=30).verdict == NO_EFFECT
        assert measure_effect(rows, smallest=0.5).verdict == UNKNOWN

    def test_equal_values_are_no_effect_of_rounding(self):
        tenths = dict.fromkeys("abcdefghijklmnopqrstuvwxyz", 0.1 + 0.2) | dict.fromkeys("bdfh", 0.3)
        assert measure_effect(make_world(tenths, tried={"a", "c"})).p == 1

    def test_a_file_says_the_same_each_time_and_in_any_order(self):
        rows = draw_world(5, effect=5)
        found = measure_effect(rows)
        assert measure_effect(rows[::-1]) == found
        assert (found.low or 0) < 5 < (found.high or 0)
        assert (found.p or 0) * 10_000 == pytest.approx(round((found.p or 0) * 10_000))

    @settings(max_examples=40)
    @given(
        changes=st.lists(st.integers(-20, 20).map(float), min_size=4, max_size=8),
        tried=st.integers(1, 3),
    )
    def test_the_bounds_are_where_the_same_test_changes_its_mind(self, changes, tried):
        values = {chr(ord("a") + index): value for index, value in enumerate(changes)}
        chosen = set(list(values)[:tried])
        found = measure_effect(make_world(values, tried=chosen))
        assert found.p == pytest.approx(as_large_under(values, chosen, 0.0))
        if found.low is None or found.high is None:
            assert min(as_large_under(values, chosen, far) for far in (-1e6, 1e6)) > 0.05
            return
        step = 1e-4
        for bound, outwards in ((found.low, -step), (found.high, step)):
            assert as_large_under(values, chosen, bound - outwards * 1e-3) > 0.05 or found.low == found.high
            assert as_large_under(values, chosen, bound + outwards) <= 0.05
