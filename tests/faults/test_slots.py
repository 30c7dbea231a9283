"""Slots against the slow and obvious computation, a thousand random agendas at a time."""

from hypothesis import HealthCheck, given, settings

from tests.requests_app.slots.test_free import check
from tests.requests_app.slots.worlds import worlds


@settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds())
def test_a_thousand_agendas_give_what_the_slow_computation_gives(world):
    check(world)
