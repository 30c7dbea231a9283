"""Survival against examples computed by hand and an independent, slower way of computing it."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from requests_app.first_delay.survival import HALF, TENTH, Step, Wait, first_day, share_within, survival

F = Fraction


def over(*days):
    return [Wait(day, is_over=True) for day in days]


def lost(*days):
    return [Wait(day, is_over=False) for day in days]


class TestByHand:
    def test_counts_those_who_still_wait(self):
        # Five people: one leaves at 3 and one at 8 without it. 4/5, then 4/5 × 3/4, then 3/5 × 1/2.
        steps = survival(over(2, 3, 5) + lost(3, 8))
        assert steps == [Step(2, F(4, 5)), Step(3, F(3, 5)), Step(5, F(3, 10))]
        assert (first_day(steps, HALF), first_day(steps, TENTH)) == (5, None)

    def test_counts_what_came_on_a_day_before_those_lost_on_it(self):
        # Lost first would leave one at risk on day 4: the share would fall to 0, not to 1/2.
        assert survival(over(4) + lost(4)) == [Step(4, F(1, 2))]

    def test_the_remission_times_of_freireich(self):
        # Weeks of remission under 6-MP (Freireich 1963), the example of every manual: 0.857, 0.807, …
        steps = survival(
            over(6, 6, 6, 7, 10, 13, 16, 22, 23) + lost(6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
        )
        assert [(step.day, round(float(step.waiting), 4)) for step in steps] == [
            (6, 0.8571),
            (7, 0.8067),
            (10, 0.7529),
            (13, 0.6902),
            (16, 0.6275),
            (22, 0.5378),
            (23, 0.4482),
        ]
        assert first_day(steps, HALF) == 23

    def test_reaches_a_half_and_a_tenth_exactly(self):
        steps = survival(over(*range(1, 11)))
        assert (first_day(steps, HALF), first_day(steps, TENTH)) == (5, 9)

    def test_says_nothing_of_nobody(self):
        assert survival([]) == []
        assert first_day([], HALF) is None


class TestShareWithin:
    @pytest.mark.parametrize(
        ("overruns", "share"),
        [
            (over(-3, 0, 1, 2), F(1, 2)),  # the announced day itself is kept
            (over(-3) + lost(0), F(1, 2)),  # followed to the day: known not to be over
            (over(-3) + lost(-2), None),  # nobody was followed so far: half is not known
            (over(-3, -1) + lost(-2), F(1)),  # nobody waits any more before the day
            (over(-3) + lost(-2) + over(4), F(1, 3)),
            (lost(-1), None),
            (lost(0), F(0)),
            (over(5), F(0)),
            ([], None),
        ],
    )
    def test_by_hand(self, overruns, share):
        assert share_within(overruns) == share


def redistribute(waits):
    """Compute the same by giving the weight of whoever is lost to those who are followed longer (Efron)."""
    line = sorted(waits, key=lambda wait: (wait.days, not wait.is_over))
    weights, steps = [F(1, len(line))] * len(line), dict[int, Fraction]()
    for place, wait in enumerate(line):
        weight, after = weights[place], range(place + 1, len(line))
        if wait.is_over:
            steps[wait.days] = steps.get(wait.days, F(0)) + weight
        else:
            for other in after:
                weights[other] += weight / len(after)
    return steps


WAITS = st.lists(st.builds(Wait, st.integers(-6, 12), st.booleans()), min_size=1, max_size=14)


class TestTwin:
    @given(WAITS)
    @settings(max_examples=60, deadline=None)
    def test_falls_as_the_weights_given_on(self, waits):
        fallen, left = redistribute(waits), F(1)
        for step in survival(waits):
            left -= fallen.pop(step.day)
            assert step.waiting == left
        assert not fallen

    @given(WAITS)
    @settings(max_examples=60, deadline=None)
    def test_the_share_is_known_when_no_one_lost_before_the_day_would_change_it(self, waits):
        known = sum((weight for day, weight in redistribute(waits).items() if day <= 0), F(0))
        followed = any(wait.days >= 0 for wait in waits)
        assert share_within(waits) == (known if followed or known == 1 else None)
