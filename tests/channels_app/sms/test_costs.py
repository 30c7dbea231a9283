"""What an SMS costs in statements, with the limits of production on (design/performance.md)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.channels_app.sms.conftest import send, sent, sweep

pytestmark = pytest.mark.django_db


@pytest.fixture
def many(telephone, to_send):
    """As many SMS due now, each to a number of its own; the day's budget has its row."""
    telephone.troubles.set("silent", 1000)
    send(to_send(key="first", recipient="+33639980000"))
    ranks = iter(range(1, 100))

    def make(count):
        keys = [next(ranks) for _ in range(count)]
        return [to_send(key=str(n), recipient=f"+3363998{n:04d}") for n in keys]

    return make


def statements(act):
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def test_one_sms_more_in_a_sweep_costs_ten_statements(telephone, many):
    """The way out, the lease (read, taken, committed), whether it is still due, the rate, the budget,
    the state, the log."""
    many(1)
    few = statements(lambda: sweep(seconds=5))
    many(11)
    lot = statements(lambda: sweep(seconds=5))
    assert (lot - few) / 10 <= 10
    assert len(sent(telephone)) == 13


def test_one_sms_by_its_bell_costs_eleven_statements(many):
    (outgoing,) = many(1)
    assert statements(lambda: send(outgoing, timezone.now())) <= 11


def test_a_receipt_costs_eight_and_a_repeat_four(telephone, many, call):
    (outgoing,) = many(1)
    send(outgoing)
    outgoing.refresh_from_db()
    fields = {"MessageSid": outgoing.provider_id, "MessageStatus": "delivered"}
    assert statements(lambda: call("status", **fields)) <= 8
    assert statements(lambda: call("status", **fields)) <= 4
