"""The slots are those of a slow and obvious computation, over both changes of hour, holidays and overlaps."""

from hypothesis import HealthCheck, given, settings

from requests_app.slots.computing.grid import third_available
from tests.requests_app.slots import brute
from tests.requests_app.slots.worlds import as_brute, compute, search_of, worlds


def check(world):
    for type in world["types"]:
        found = compute(world, type)
        asked = {name: world[name] for name in ("first", "last", "at")}
        expected = brute.slots(world, type=type, **asked)
        assert as_brute(found) == expected
        kind = world["types"][type]
        third = third_available(found, search_of(world, type).kind)
        assert as_brute([third] if third else []) == [
            each for each in [brute.third(expected, kind)] if each is not None
        ]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds())
def test_lists_what_a_slow_and_obvious_computation_lists(world):
    check(world)
