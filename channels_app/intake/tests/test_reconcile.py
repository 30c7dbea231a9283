import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from channels_app.intake.models import Arrival, ArrivalRaw
from channels_app.intake.services import reconcile

State = Arrival.State
pytestmark = pytest.mark.django_db


def told() -> tuple[int, dict[str, object]]:
    out = StringIO()
    try:
        call_command("reconcile", stdout=out)
    except SystemExit as ended:
        return int(ended.code or 0), json.loads(out.getvalue())
    return 0, json.loads(out.getvalue())


class TestReconcile:
    def test_I2_says_what_became_of_all_that_was_received(self, make_arrival):
        make_arrival()
        make_arrival(state=State.DISCARDED)
        make_arrival(state=State.PENDING, reason="")
        code, balance = told()
        assert code == 0
        assert balance.pop("oldest_pending_s") in range(295, 310)
        assert balance == {
            "received": 3,
            "heard": 0,
            "quarantined": 1,
            "discarded": 1,
            "pending": 1,
            "gap": 0,
        }

    def test_I2_fails_on_what_waits_for_more_than_ten_minutes(self, make_arrival):
        old = timezone.now() - timedelta(minutes=11)
        make_arrival(state=State.PENDING, reason="", received_at=old)
        assert told()[0] == 1

    def test_I2_fails_on_bytes_that_are_gone(self, make_arrival):
        make_arrival()
        ArrivalRaw.objects.all().delete()
        assert told()[1]["gap"] == 1
        assert told()[0] == 1

    def test_I2_fails_on_what_is_heard_and_nowhere(self, make_arrival):
        make_arrival(state=State.HEARD, reason="")
        assert not reconcile(at=timezone.now()).is_right

    def test_has_nothing_to_say_of_nothing(self):
        assert told() == (
            0,
            {
                "received": 0,
                "heard": 0,
                "quarantined": 0,
                "discarded": 0,
                "pending": 0,
                "gap": 0,
                "oldest_pending_s": None,
            },
        )
