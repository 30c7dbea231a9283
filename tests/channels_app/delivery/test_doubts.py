"""Nobody knows whether it left: we ask, and send again only what is not there (threats: O01)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from channels_app.delivery import services
from requests_app.outbox.models import Outgoing
from tests.channels_app.delivery.conftest import send, state_of

pytestmark = pytest.mark.django_db
State = Outgoing.State


def sweep(minutes):
    services.sweep(at=timezone.now() + timedelta(minutes=minutes))


def left_by_a_dead_worker(outgoing, **fields):
    fields = {"state": State.SENDING, "attempts": 1, "claimed_until": timezone.now(), **fields}
    Outgoing.objects.filter(pk=outgoing.pk).update(**fields)


def words_of(outgoing):
    return [step.text for step in outgoing.steps.order_by("pk")]


def test_O01_a_line_cut_after_the_text_asks_before_it_sends_again(office, to_send):
    outgoing = to_send()
    office.trouble.set("close_after_data", 1)
    assert send(outgoing) == State.UNCERTAIN
    sweep(minutes=2)
    assert state_of(outgoing) == State.SENT
    assert office.ids == [outgoing.message_id]
    assert words_of(outgoing)[1] == "Le serveur d’envoi l’avait bien accepté."


def test_O01_it_leaves_a_slow_server_the_time_to_accept(office, to_send):
    outgoing = to_send()
    office.trouble.set("close_after_data", 1)
    send(outgoing)
    sweep(minutes=0)
    assert state_of(outgoing) == State.UNCERTAIN


def test_O03_a_server_that_hangs_is_not_waited_for(office, to_send):
    outgoing = to_send()
    office.trouble.set("hang", 1)
    start = timezone.now()
    assert send(outgoing) == State.UNCERTAIN
    assert timezone.now() - start < timedelta(seconds=5)
    sweep(minutes=2)
    assert state_of(outgoing) == State.SENT
    assert office.ids == [outgoing.message_id]


def test_F02_what_never_arrived_leaves_again_under_the_same_id(office, to_send):
    outgoing = to_send()
    left_by_a_dead_worker(outgoing)
    sweep(minutes=1)
    assert state_of(outgoing) == State.SENT
    assert office.ids == [outgoing.message_id]


def test_O01_a_server_that_cannot_be_asked_gets_it_once_more_then_an_agent_looks(office, to_send, settings):
    settings.EMAIL_URL = office.url.partition("?")[0]
    outgoing = to_send()
    office.trouble.set("close_after_data", 2)
    send(outgoing)
    for minutes in (2, 4, 6, 2000):
        sweep(minutes)
    outgoing.refresh_from_db()
    assert (outgoing.state, outgoing.ended_at is None) == (State.UNCERTAIN, False)
    assert office.ids == [outgoing.message_id] * 2
    assert words_of(outgoing)[-1] == "Envoi resté sans réponse : à vérifier par un agent."
    assert len(words_of(outgoing)) == 4


def test_O01_what_may_have_left_is_never_waiting_again(office, to_send):
    outgoing = to_send()
    left_by_a_dead_worker(outgoing)
    office.trouble.set("450", 1)
    sweep(minutes=1)
    assert state_of(outgoing) == State.UNCERTAIN
    sweep(minutes=10)
    assert state_of(outgoing) == State.SENT


def test_F08_a_message_that_kills_each_worker_is_put_aside(office, to_send):
    outgoing = to_send()
    left_by_a_dead_worker(outgoing, doubts=3)
    sweep(minutes=1)
    outgoing.refresh_from_db()
    assert outgoing.ended_at
    assert office.ids == []


def test_a_worker_slower_than_its_lease_still_says_what_it_knows(office, to_send, monkeypatch):
    outgoing = to_send()
    accept = office.shelf.add

    def slowly(raw, recipient):
        accept(raw, recipient)
        Outgoing.objects.filter(pk=outgoing.pk).update(state=State.UNCERTAIN, doubts=1, claimed_until=None)

    monkeypatch.setattr(
        "channels_app.mail.sending.smtp.give", lambda *a, **k: slowly(a[0], k["recipient"]) or ""
    )
    assert send(outgoing) == State.SENT
    sweep(minutes=5)
    assert len(office.ids) == 1
