"""Our statistics against those of a library that everybody knows (scipy, for the tests alone)."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from requests_app.experiments.effect import measure_effect
from requests_app.experiments.observations import Observation
from requests_app.experiments.power import Design, power

CHANGES = st.lists(st.integers(-20, 20), min_size=2, max_size=5)


def observe(tried, others):
    """One week before and one after at each site, that differ by its change."""
    rows = []
    for site, (change, is_tried) in enumerate([(c, True) for c in tried] + [(c, False) for c in others]):
        rows.append(Observation(f"{site:02}", "1", is_tried, False, 50.0, 1))
        rows.append(Observation(f"{site:02}", "2", is_tried, True, 50.0 + change, 1))
    return rows


def p_of_scipy(tried, others):
    """The exact share of assignments whose difference of means is as far from 0."""

    def distance(x, y, axis=-1):
        return abs(x.mean(axis=axis) - y.mean(axis=axis))

    found = stats.permutation_test(
        (tried, others), distance, alternative="greater", n_resamples=float("inf"), vectorized=True
    )
    return found.pvalue


@given(CHANGES, CHANGES)
@settings(max_examples=60, deadline=None)
def test_the_share_of_assignments_as_large(tried, others):
    assert measure_effect(observe(tried, others)).p == pytest.approx(p_of_scipy(tried, others))


@given(CHANGES, CHANGES)
@settings(max_examples=40, deadline=None)
def test_the_bounds_are_where_an_effect_stops_being_believed(tried, others):
    found = measure_effect(observe(tried, others))
    low, high = found.low, found.high
    assume(low is not None and high is not None)
    assert low is not None
    assert high is not None
    for inside, outside in ((low + 1e-6, low - 1e-3), (high - 1e-6, high + 1e-3)):
        if low < inside < high:
            assert p_of_scipy([change - inside for change in tried], others) > 0.05
        assert p_of_scipy([change - outside for change in tried], others) <= 0.05


@pytest.mark.parametrize(("tried", "others"), [(3, 9), (2, 18), (1, 39), (3, 58), (10, 10)])
@pytest.mark.parametrize("effect", [0.0, 2.0, 5.0, 8.0, 20.0])
def test_the_power_of_student_s_test(tried, others, effect):
    design = Design(tried, others, 4.0)
    critical = stats.t.isf(design.risk / 2, design.degrees)
    shift = effect / design.error
    beyond = stats.nct.sf(critical, design.degrees, shift) + stats.nct.cdf(-critical, design.degrees, shift)
    assert power(design, effect) == pytest.approx(beyond, abs=1e-4)
