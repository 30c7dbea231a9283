"""What a trial could see, against worlds in which it is looked for."""

from math import sqrt
from random import Random

import pytest

from requests_app.experiments.effect import EFFECT, measure_effect
from requests_app.experiments.observations import Observation
from requests_app.experiments.power import OFTEN, SELDOM, Design, Plan, plan, power, spread_of

WORLDS = 900
NOISE = 4.0
MARGIN = 0.03 + 2 * sqrt(0.25 / WORLDS)  # three points, and what that number of worlds cannot tell


def share_seen(tried, others, effect, seed):
    """How often the permutation sees an effect of this size among sites whose changes vary by NOISE."""
    random, seen = Random(seed), 0
    for _world in range(WORLDS):
        rows = []
        for site in range(tried + others):
            change = random.gauss(0, NOISE) + (effect if site < tried else 0)
            for is_after, value in ((False, 50.0), (True, 50.0 + change)):
                rows.append(Observation(f"{site:02}", str(is_after), site < tried, is_after, value, 1))
        seen += measure_effect(rows).verdict == EFFECT
    return seen / WORLDS


@pytest.mark.parametrize(("tried", "others"), [(3, 9), (2, 9), (5, 5), (4, 4), (1, 39)])
def test_says_what_simulation_finds(tried, others):
    foreseen = plan(Design(tried, others, NOISE))
    assert share_seen(tried, others, foreseen.often, seed=1) == pytest.approx(OFTEN, abs=MARGIN)
    assert share_seen(tried, others, foreseen.seldom, seed=2) == pytest.approx(SELDOM, abs=MARGIN)


@pytest.mark.parametrize(("tried", "others"), [(1, 1), (1, 18), (2, 3), (0, 9), (9, 0)])
def test_with_too_few_sites_nothing_is_ever_seen(tried, others):
    assert plan(Design(tried, others, NOISE)) == Plan(None, None)


def test_more_sites_and_less_noise_see_smaller_effects():
    one, three, calm = (
        plan(Design(tried, 61 - tried, noise)).often or 0.0
        for tried, noise in ((1, NOISE), (3, NOISE), (3, NOISE / 2))
    )
    assert 0 < three < one
    assert calm == pytest.approx(three / 2, rel=1e-6)


def test_what_is_seen_seldom_is_smaller():
    foreseen = plan(Design(3, 58, NOISE))
    assert foreseen.seldom is not None
    assert foreseen.often is not None
    assert 0 < foreseen.seldom < foreseen.often


def test_a_world_without_noise_sees_everything():
    assert plan(Design(3, 20, 0.0)) == Plan(0.0, 0.0)


@pytest.mark.parametrize(
    ("effect", "seen"),
    # of 400 000 draws of Student's test, 3 sites against 58 of spread 4 (59 degrees of freedom)
    [(0.0, 0.0501), (5.0, 0.5470), (8.0, 0.9132)],
)
def test_the_noncentral_t(effect, seen):
    assert power(Design(3, 58, 4.0), effect) == pytest.approx(seen, abs=0.005)


def test_what_all_sites_live_together_is_no_noise():
    assert spread_of([[1.0, 2.0, 3.0], [101.0, 102.0, 103.0]]) == pytest.approx(1.0)


def test_fewer_than_three_sites_tell_nothing():
    assert spread_of([[1.0, 2.0], []]) is None
