"""What leaves by itself about a ticket: its hours, its number a day, and the words of a refusal."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from requests_app.lib import seals
from requests_app.outbox import preflight
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import Message
from requests_app.tickets.messages.automatic import plan_message
from requests_app.tickets.messages.limits import may_auto_send
from requests_app.tickets.selectors.thread import thread_of

pytestmark = pytest.mark.django_db
State = Outgoing.State
NOON = datetime(2026, 11, 25, 12, tzinfo=ZoneInfo("Europe/Paris"))  # a Wednesday
SUNDAY = NOON + timedelta(days=4)
SATURDAY_EVENING = datetime(2026, 11, 28, 19, 20, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.fixture
def remind(make_ticket):
    ticket = make_ticket(received_at=NOON - timedelta(hours=1))

    def make(key="1", kind="reminder", at=NOON, wanted=None):
        message = Message(
            key=f"{kind}:{key}",
            kind=kind,
            channel="mail",
            recipient="amina@exemple.fr",
            message_id=seals.new_message_id(ticket.reference),
            payload={"subject": "Rappel", "text": "Vous avez rendez-vous demain."},
        )
        return plan_message(ticket=ticket, message=message, wanted=wanted, at=at)

    make.ticket = ticket
    return make


def test_O04_a_reminder_wanted_on_a_sunday_is_planned_for_saturday(remind):
    outgoing = remind(wanted=SUNDAY)
    assert (outgoing.state, outgoing.try_after) == (State.QUEUED, SATURDAY_EVENING)


def test_O04_a_reminder_wanted_in_its_hours_is_planned_then(remind):
    assert remind(wanted=NOON + timedelta(hours=2)).try_after == NOON + timedelta(hours=2)
    assert remind(key="2").try_after == NOON


@pytest.mark.parametrize("kind", ["appointment", "receipt", "transfer"])
def test_N09_what_an_agent_owes_is_never_held_by_a_cap(remind, settings, kind):
    settings.LIMITS_ON = True
    rows = [remind(key=str(n), kind=kind) for n in range(12)]
    assert {row.state for row in rows} == {State.QUEUED}
    assert {row.try_after for row in rows} == {NOON}


def test_O04_what_could_only_ring_at_night_is_refused_and_the_demand_says_why(remind):
    night = NOON + timedelta(hours=15)
    assert remind(at=night).state == State.REFUSED
    line = thread_of(remind.ticket).items[-1]
    assert "Trop tard : ces messages partent du lundi au samedi" in line.text


def test_O04_when_its_earlier_hours_have_passed_it_leaves_now_or_never(remind):
    late_saturday = SATURDAY_EVENING + timedelta(minutes=5)
    assert remind(wanted=SUNDAY, at=late_saturday).try_after == late_saturday
    assert remind(key="2", wanted=SUNDAY, at=late_saturday + timedelta(minutes=6)).state == State.REFUSED


def test_O04_a_survey_a_day_is_enough(remind):
    first, second = remind(kind="survey"), remind(kind="survey", key="2")
    assert (first.state, second.state) == (State.QUEUED, State.REFUSED)
    assert "Assez de messages" in second.reason
    assert remind(kind="survey", key="3", wanted=NOON + timedelta(days=1)).state == State.QUEUED


def test_I4_the_same_reminder_is_said_once(remind):
    assert remind().pk == remind().pk
    assert len(thread_of(remind.ticket).items) == 2


@pytest.mark.parametrize("kind", ["acknowledgment", "answer"])
def test_O04_acknowledgments_and_answers_leave_at_once_day_and_night(kind):
    night = SUNDAY + timedelta(hours=15)
    verdict = may_auto_send(recipient="amina@exemple.fr", kind=kind, at=night)
    assert (verdict.refusal, verdict.not_before) == ("", None)


def test_a_room_is_asked_once_however_often_it_registers(remind):
    asked = []

    def still_true(outgoing, at):
        asked.append(outgoing.pk)
        return ""

    with preflight.CHECKS.isolate(empty=True):
        preflight.register("reminder", still_true)
        preflight.register("reminder", still_true)
        outgoing = remind()
        assert preflight.obstacle(outgoing, NOON) is None
    assert asked == [outgoing.pk]
