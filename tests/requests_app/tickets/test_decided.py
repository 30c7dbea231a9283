"""Once we have decided, silence decides nothing, whoever opens it again (CRPA, L231-1, L231-4)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from requests_app.answers.services import unsend
from requests_app.catalog.models import Topic
from requests_app.tickets.deadlines import local_day, silence_of
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.letters.attestation import attestation
from requests_app.tickets.messages.law_block import law_of
from requests_app.tickets.models import Ticket, Touchpoint
from requests_app.tickets.services import close, receive, reopen

pytestmark = pytest.mark.usefixtures("territory")
AMINA = "amina.benali@exemple.fr"
WORDS = "Vos ressources dépassent le plafond de cette aide."


@pytest.fixture
def asked(make_ticket, make_touchpoint, amina):
    """Give a ticket received some days ago, under a confirmed regime of two months."""

    def make(regime="silence_refusal", days_ago=40):
        Topic.objects.filter(code="velo").update(regime=regime, appeal="gracious", to_validate=[])
        received_at = timezone.now() - timedelta(days=days_ago)
        ticket = make_ticket(topic="velo", person=amina, state="open", text=None, received_at=received_at)
        make_touchpoint(ticket, sender=AMINA)
        return ticket

    return make


@pytest.fixture
def answer(client_of, chloe):
    def post(ticket, then):
        to = f"mail:{AMINA}"
        sent = {"version": ticket.version, "token": uuid4().hex, "to": to, "text": WORDS, "then": then}
        sent["confirmed"] = AMINA
        assert client_of(chloe).post(f"/demandes/{ticket.reference}/repondre/", sent).status_code == 302
        return now_of(ticket)

    return post


def now_of(ticket):
    return Ticket.objects.select_related("topic", "maison__commune", "person").get(pk=ticket.pk)


def write_again(ticket):
    at = timezone.now() + timedelta(days=3)
    words = {"sender_kind": "email", "sender_value": AMINA, "text": "Pourquoi ? Je ne comprends pas."}
    receive(InboundMessage(channel="mail", occurred_at=at, follows=ticket.reference, **words), at=at)
    again = now_of(ticket)
    assert again.state == "open"
    return again


@pytest.mark.parametrize("then", ["refuse", "close"])
def test_L231_4_who_writes_after_a_decision_is_told_of_no_silence(asked, answer, then):
    ticket = asked()
    assert silence_of(ticket)
    again = write_again(answer(ticket, then))
    assert silence_of(again) is None
    assert "Sans réponse" not in law_of(again)


def test_L231_1_a_refusal_in_time_is_never_attested_as_an_acceptance(asked, answer, chloe):
    again = write_again(answer(asked("silence_acceptance"), "refuse"))
    assert attestation(again, by=chloe, at=timezone.now() + timedelta(days=90)) is None


def test_L232_3_an_acceptance_born_before_our_refusal_stays(asked, answer, chloe):
    again = write_again(answer(asked("silence_acceptance", days_ago=100), "refuse"))
    assert attestation(again, by=chloe, at=timezone.now() + timedelta(days=4)) is not None


def test_an_answer_taken_back_lets_the_clock_run(asked, answer, chloe):
    ticket = asked()
    day, answered = silence_of(ticket), answer(ticket, "refuse")
    unsend(touchpoint=Touchpoint.objects.get(ticket=answered, direction="out"), by=chloe, at=timezone.now())
    assert silence_of(now_of(ticket)) == day


def test_what_was_ended_by_mistake_waits_for_a_decision_again(asked, chloe):
    ticket, at = asked(), timezone.now()
    day = silence_of(ticket)
    close(ticket=ticket, outcome="answered", by=chloe, at=at)
    assert now_of(ticket).decided_on == local_day(at)
    reopen(ticket=now_of(ticket), reason="Terminée par erreur", by=chloe, at=at)
    assert silence_of(now_of(ticket)) == day


def test_a_refusal_stays_one_when_an_agent_opens_it_again(asked, answer, chloe):
    refused = answer(asked(), "refuse")
    reopen(ticket=refused, reason="La personne a appelé", by=chloe, at=timezone.now())
    assert silence_of(now_of(refused)) is None


@pytest.mark.parametrize("outcome", ["withdrawn", "duplicate"])
def test_another_end_decides_nothing(asked, chloe, outcome):
    ticket = asked()
    close(ticket=ticket, outcome=outcome, by=chloe, at=timezone.now())
    assert now_of(ticket).decided_on is None


def test_its_agent_reads_why_no_day_is_shown(asked, answer, client_of, chloe):
    again = write_again(answer(asked(), "refuse"))
    page = client_of(chloe).get(f"/demandes/{again.reference}/").content.decode()
    assert "notre silence ne décide plus rien" in page
    assert "vaudra refus" not in page
