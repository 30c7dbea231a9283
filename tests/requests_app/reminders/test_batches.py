"""The sweep plans by batches: as if each had been planned alone, once, whoever sweeps at the same moment."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from channels_app.mail.tests.doors import ROOT, our_world
from requests_app.appointments.models import Appointment
from requests_app.outbox.models import Outgoing
from requests_app.people.models import ContactPoint
from requests_app.reminders.models import Planned, Reminder
from requests_app.reminders.services import batches, sweep
from requests_app.tickets.models import Ticket, ToDo, Touchpoint
from tests.requests_app.appointments.conftest import NOW, THURSDAY

State = Outgoing.State
STEP = timedelta(minutes=30)


@pytest.fixture
def imported(make_appointment, make_ticket, make_person, chloe):
    """Appointments that came without an agent's gesture: none has a plan."""

    def make(count, first=0, **person):
        for rank in range(first, first + count):
            known = person or {"phone": f"+3363998{rank:04}"}
            ticket = make_ticket(person=make_person(given_name=f"P{rank}", **known))
            make_appointment(
                ticket=ticket,
                agent=chloe,
                starts_at=THURSDAY + timedelta(days=7 * (rank // 8), minutes=30 * (rank % 8)),
                dated_at=NOW,
            )

    return make


def statements(at=NOW):
    with CaptureQueriesContext(connection) as seen:
        sweep(at=at)
    return len(seen)


def told():
    """What is planned, by key, without what differs each time."""
    rows = Outgoing.objects.filter(reminder__isnull=False).order_by("key")
    return list(rows.values_list("key", "kind", "recipient", "state", "try_after", "touchpoint__ticket"))


@pytest.mark.django_db
class TestCost:
    def test_one_costs_what_ten_cost(self, imported):
        imported(1)
        one = statements()
        imported(10, first=1)
        assert statements() == one
        assert Reminder.objects.count() == 3 * 11
        assert one < 5 * 10  # five an appointment, in a batch of ten

    def test_one_without_any_way_costs_what_ten_cost(self, imported):
        imported(1, email="")
        one = statements()
        imported(10, first=1, email="")
        assert statements() == one
        assert ToDo.objects.filter(kind=ToDo.Kind.CALL).count() == 11
        assert set(Ticket.objects.values_list("tasks_count", flat=True)) == {1}

    def test_one_given_costs_no_more_than_before(self, give):
        with CaptureQueriesContext(connection) as seen:
            give()
        assert len(seen) < 40


@pytest.mark.django_db
class TestSame:
    def test_I4_a_batch_says_what_each_alone_would(self, imported, monkeypatch):
        imported(9)
        sweep(at=NOW)
        together = told()
        forget_plans()
        monkeypatch.setattr(batches, "BATCH", 1)
        sweep(at=NOW)
        assert told() == together
        assert len(together) == 27

    def test_I4_planned_again_nothing_changes(self, imported):
        imported(3)
        sweep(at=NOW)
        before = told()
        Planned.objects.all().delete()  # as a scheduler that looked before the other one committed
        assert sweep(at=NOW) == 3
        assert told() == before
        assert Touchpoint.objects.filter(outgoing__isnull=False).count() == Reminder.objects.count() == 9

    def test_I4_moved_between_the_plan_and_the_sending_is_planned_for_the_new_date(self, imported):
        imported(2)
        sweep(at=NOW)
        move_all(THURSDAY + timedelta(days=7))
        assert sweep(at=NOW) == 2
        assert Reminder.objects.filter(round=2, purpose="reminder").count() == 4
        assert not Reminder.objects.filter(round=2, purpose="confirmation").exists()

    def test_M11_the_caps_of_one_recipient_hold_within_a_batch(self, imported, settings):
        settings.LIMITS_ON = True
        imported(5, phone="+33639981111")
        sweep(at=NOW)
        seven = Outgoing.objects.filter(reminder__days_before=7).order_by("pk")
        assert list(seven.values_list("state", flat=True)) == [State.QUEUED] * 3 + [State.REFUSED] * 2
        assert seven.last().reason.startswith("Assez de messages")

    def test_M11_what_was_planned_before_counts(self, imported, settings):
        settings.LIMITS_ON = True
        for first in (0, 2, 4):
            imported(2, first=first, phone="+33639981111")
            sweep(at=NOW)
        states = (
            Outgoing.objects.filter(reminder__days_before=7).order_by("pk").values_list("state", flat=True)
        )
        assert list(states) == [State.QUEUED] * 3 + [State.REFUSED] * 3


def forget_plans():
    Touchpoint.objects.filter(outgoing__isnull=False).delete()
    Reminder.objects.all().delete()
    Outgoing.objects.all().delete()
    Planned.objects.all().delete()


def move_all(later):
    for rank, each in enumerate(Appointment.objects.order_by("pk")):
        starts_at = later + rank * STEP
        Appointment.objects.filter(pk=each.pk).update(starts_at=starts_at, ends_at=starts_at + STEP, round=2)


@pytest.mark.django_db
def test_F08_one_that_breaks_our_code_holds_up_no_other_and_an_agent_is_told(imported):
    imported(4)
    end_of_time = datetime(9999, 12, 31, 23, 30, tzinfo=UTC)  # no such day in Paris
    broken = Appointment.objects.earliest("starts_at")
    Appointment.objects.filter(pk=broken.pk).update(
        starts_at=end_of_time, ends_at=end_of_time + timedelta(minutes=20)
    )
    assert [sweep(at=NOW) for _turn in range(5)] == [3, 0, 0, 0, 0]
    assert Reminder.objects.count() == 9
    assert not Reminder.objects.filter(appointment=broken).exists()
    assert ToDo.objects.get().ticket_id == broken.ticket_id
    assert Planned.objects.get(appointment=broken).round == broken.round  # nobody tries it any more


@pytest.mark.django_db(transaction=True)
class TestSchedulers:
    def test_O07_two_at_once_give_what_one_gives(self, imported, at_once, monkeypatch):
        monkeypatch.setattr(batches, "BATCH", 3)
        imported(14)
        at_once(*[lambda: sweep(at=NOW)] * 2)
        sweep(at=NOW)
        keys = [key for key, *_others in told()]
        assert len(keys) == len(set(keys)) == 14 * 3
        assert Touchpoint.objects.filter(outgoing__isnull=False).count() == 14 * 3

    @pytest.mark.parametrize("point", ["before_claim", "before_commit", "after_commit"])
    def test_F02_killed_there_each_is_planned_once(self, imported, point):
        imported(3)
        assert killed_at(point) == -9
        assert Reminder.objects.count() == (9 if point == "after_commit" else 0)
        sweep(at=NOW)
        assert Reminder.objects.count() == len({key for key, *_others in told()}) == 9
        assert Planned.objects.count() == 3

    def test_I4_given_while_the_scheduler_sweeps_is_planned_once(self, imported, give, at_once):
        imported(3)
        at_once(lambda: sweep(at=NOW), lambda: give(THURSDAY + timedelta(hours=5)))
        sweep(at=NOW)
        keys = [key for key, *_others in told()]
        assert len(keys) == len(set(keys)) == 4 * 3


def killed_at(point):
    code = (
        "import django; django.setup()\n"
        "from datetime import datetime\n"
        "from requests_app.reminders import services\n"
        f"services.sweep(at=datetime.fromisoformat('{NOW.isoformat()}'))"
    )
    world = our_world(FAILPOINT=f"reminders.{point}:kill")
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=world).returncode


def test_a_shared_number_is_no_way_for_a_sensitive_demand(imported, db):
    imported(2)
    ContactPoint.objects.update(is_shared=True)
    Ticket.objects.filter(pk=Ticket.objects.earliest("pk").pk).update(is_sensitive=True)
    sweep(at=NOW)
    assert Reminder.objects.count() == 3
    assert ToDo.objects.count() == 1
