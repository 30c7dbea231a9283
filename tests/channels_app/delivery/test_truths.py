"""Asked again at the last moment: what is no longer true, or missed its hours, stays here (threats: O04)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from channels_app.delivery import services
from requests_app.outbox import preflight
from requests_app.outbox.models import Outgoing
from tests.channels_app.delivery.conftest import send

pytestmark = pytest.mark.django_db
State = Outgoing.State
NOON = datetime(2026, 11, 25, 12, tzinfo=ZoneInfo("Europe/Paris"))
NIGHT = NOON + timedelta(hours=15)


@pytest.fixture
def reminder(to_send):
    """A reminder due at noon, of a room that says « annulé » when told to."""

    def make(key="1", why_not="", **fields):
        preflight.register("reminder", lambda outgoing, at: why_not)
        outgoing = to_send(key=key, at=NOON)
        fields = {"kind": "reminder", **fields}
        Outgoing.objects.filter(pk=outgoing.pk).update(**fields)
        outgoing.refresh_from_db()
        return outgoing

    with preflight.CHECKS.isolate(empty=True):
        yield make


def ends(outgoing):
    outgoing.refresh_from_db()
    return outgoing.state, outgoing.reason


def test_O04_the_reminder_of_a_cancelled_appointment_is_dropped_with_its_reason(office, reminder):
    outgoing = reminder(why_not="Le rendez-vous a été annulé.")
    assert send(outgoing, at=NOON) == State.CANCELLED
    assert ends(outgoing) == (State.CANCELLED, "Le rendez-vous a été annulé.")
    assert [step.text for step in outgoing.steps.all()] == ["Le rendez-vous a été annulé."]
    assert office.ids == []


def test_O04_what_is_still_true_leaves_in_its_hours(office, reminder):
    outgoing = reminder()
    assert send(outgoing, at=NOON) == State.SENT
    assert office.ids == [outgoing.message_id]


def test_O04_a_backlog_that_drains_at_night_rings_nobody_up(office, reminder, to_send):
    reminders, ack = [reminder(key=str(rank)) for rank in range(3)], to_send(key="ack", at=NOON)
    services.sweep(at=NIGHT)
    assert {ends(each)[0] for each in reminders} == {State.CANCELLED}
    assert "Trop tard" in ends(reminders[0])[1]
    assert office.ids == [ack.message_id]


def test_O04_one_that_waited_for_the_way_out_is_dropped_once_its_hours_are_over(office, reminder):
    outgoing = reminder()
    office.trouble.set("450", 1)
    assert send(outgoing, at=NOON) == State.QUEUED
    services.sweep(at=NIGHT)
    assert ends(outgoing)[0] == State.CANCELLED


def test_O04_enough_a_day_counts_what_has_left(office, reminder):
    for rank in range(3):
        assert send(reminder(key=str(rank)), at=NOON) == State.SENT
    last = reminder(key="4")
    assert send(last, at=NOON) == State.CANCELLED
    assert "Assez de messages" in ends(last)[1]


@pytest.mark.parametrize(("asks", "state"), [(True, State.CANCELLED), (False, State.UNCERTAIN)])
def test_O04_what_may_have_left_is_an_agent_s_to_look_at(office, reminder, settings, asks, state):
    if not asks:
        settings.EMAIL_URL = office.url.partition("?")[0]
    outgoing = reminder(why_not="Annulé.", state=State.UNCERTAIN, doubts=1)
    services.sweep(at=NOON)
    assert ends(outgoing)[0] == state
    assert outgoing.ended_at
    assert office.ids == []


def test_F08_a_room_that_cannot_answer_is_asked_three_times(office, reminder, to_send):
    outgoing, other = reminder(), to_send(key="other", at=NOON)
    preflight.register("reminder", lambda outgoing, at: str(1 / 0))
    for minutes in (0, 5, 30):
        services.sweep(at=NOON + timedelta(minutes=minutes))
    assert ends(outgoing) == (State.FAILED, "Trois essais ont échoué (ZeroDivisionError).")
    assert ends(other)[0] == State.SENT
