"""Looking each week does not invent effects."""

from itertools import pairwise

import pytest

from requests_app.experiments.effect import EFFECT, UNKNOWN, measure_effect
from requests_app.experiments.looks import list_looks
from requests_app.experiments.observations import Observation
from tests.requests_app.experiments.worlds import draw_world

SMALL = {"sites": 9, "tried": 3, "before": 4, "after": 10}  # 84 assignments, all of them


def test_there_is_one_look_per_period_after_the_start_and_each_is_the_file_cut_there():
    rows = draw_world(1, effect=4)
    looks = list(list_looks(rows))
    assert [look.period for look in looks] == [f"2026-W{week:02}" for week in range(6, 14)]
    for look in looks:
        cut = [row for row in rows if row.period <= look.period]
        assert look.estimate == pytest.approx(measure_effect(cut).estimate)
        assert list(list_looks(cut))[-1] == look


def test_an_effect_is_said_exactly_when_zero_is_outside():
    for seed in range(20):
        for look in list_looks(draw_world(seed, **SMALL, effect=12)):
            is_outside = not (look.low or 0) <= 0 <= (look.high or 0)
            assert (look.verdict == EFFECT) is is_outside


def test_a_large_effect_is_seen_before_the_end_and_stays():
    verdicts = [look.verdict for look in list_looks(draw_world(2, effect=15))]
    assert EFFECT in verdicts[:4]
    assert all(after == EFFECT for before, after in pairwise(verdicts) if before == EFFECT)


def test_bounds_that_hold_at_any_look_are_wider_than_those_of_one_look():
    rows = draw_world(4)
    last, once = list(list_looks(rows))[-1], measure_effect(rows)
    bounds = [last.low, once.low, once.estimate, once.high, last.high]
    assert bounds == sorted(bounds, key=lambda bound: bound or 0)
    assert len(set(bounds)) == 5


def test_without_effect_looking_ten_times_cries_wolf_in_less_than_one_world_of_twenty():
    worlds = 300
    false_alarms = sum(
        any(look.verdict == EFFECT for look in list_looks(draw_world(seed, **SMALL)))
        for seed in range(worlds)
    )
    assert false_alarms <= worlds * 0.05


def test_a_site_silent_for_a_while_leaves_and_comes_back():
    rows = [
        row
        if (row.site, row.period) != ("site 00", "2026-W04")
        else Observation(row.site, row.period, row.is_tried, row.is_after, None, 0)
        for row in draw_world(6, **SMALL, effect=30)
    ]
    looks = list(list_looks(rows))
    assert None not in [look.estimate for look in looks]
    assert looks[-1].verdict == EFFECT


def test_without_tried_sites_nothing_can_be_said():
    looks = list(list_looks(draw_world(1, sites=5, tried=0)))
    assert {(look.estimate, look.low, look.high, look.verdict) for look in looks} == {
        (None, None, None, UNKNOWN)
    }
