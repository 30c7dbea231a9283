"""What leaves by itself is asked for again at the last moment: the answer may have left before it (N10)."""

import itertools
from datetime import timedelta

import pytest
from django.utils import timezone

from channels_app.delivery import services as delivery
from requests_app.catalog.models import Topic
from requests_app.outbox.models import Outgoing, SecretLink
from requests_app.people.models import ContactPoint
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.models import Outcome, Ticket, ToDo
from requests_app.tickets.services import close, receive, sort, withdraw

pytestmark = pytest.mark.django_db
State = Outgoing.State
NOW = timezone.now()
LATER = NOW + timedelta(minutes=61)
SENDER = "ines.kaddour@exemple.fr"


@pytest.fixture
def write(territory, office):
    """A mail understood: `write(minutes=…)` gives its ticket; its acknowledgment waits for its turn."""

    ranks = itertools.count(1)

    def make(*, minutes=0, sender=SENDER):
        at = NOW + timedelta(minutes=minutes)
        said = InboundMessage(
            channel="mail",
            occurred_at=at,
            text=f"Bonjour, où en est mon dossier {next(ranks)} ?",  # the same words again would be one
            sender_kind="email",
            sender_value=sender,
            sender_name="Inès Kaddour",
            mailboxes=("mdm.lyon8-est@grandlyon.com",),
            facts={"message_id": f"{minutes}@exemple.fr"},
        )
        return receive(said, at=at).ticket

    return make


def ack_of(ticket):
    return Outgoing.objects.get(touchpoint__ticket=ticket, kind="acknowledgment")


def answered(ticket, at=NOW):
    Ticket.objects.filter(pk=ticket.pk).update(first_answered_at=at, answered_at=at)


def test_N10_none_after_the_answer(write, office):
    ticket = write()
    answered(ticket)
    delivery.sweep(at=LATER)
    assert (ack_of(ticket).state, ack_of(ticket).reason) == (State.CANCELLED, "Une réponse est déjà partie.")
    assert office.ids == []
    assert not ToDo.objects.to_do().exists()


def test_N10_an_answer_that_may_still_be_taken_back_keeps_none_back(write, office):
    ticket = write()
    answered(ticket, at=LATER - timedelta(seconds=5))
    delivery.sweep(at=LATER)
    assert ack_of(ticket).state == State.SENT


@pytest.mark.parametrize("outcome", [Outcome.DUPLICATE, Outcome.UNWANTED])
def test_N10_none_for_a_ticket_closed_as(write, office, chloe, outcome):
    ticket = write()
    close(ticket=ticket, outcome=outcome, by=chloe, at=NOW)
    delivery.sweep(at=LATER)
    assert ack_of(ticket).state == State.CANCELLED
    assert office.ids == []


def test_N10_none_for_what_its_author_took_back(write, office):
    ticket = write()
    withdraw(ticket=ticket, at=NOW)
    delivery.sweep(at=LATER)
    assert ack_of(ticket).reason == "La personne a retiré sa demande."


def test_N10_none_to_an_address_that_bounced_and_an_agent_says_it(write, office):
    ticket = write()
    ContactPoint.objects.filter(value=SENDER).update(needs_check=True)
    delivery.sweep(at=LATER)
    assert ack_of(ticket).reason == "Nos messages n’arrivent plus à cette adresse."
    assert "n’arrivent plus" in ToDo.objects.to_do().get(ticket=ticket).text
    assert office.ids == []


def test_N10_a_closed_ticket_without_answer_still_has_one(write, office, chloe):
    ticket = write()
    close(ticket=ticket, outcome=Outcome.ORIENTED, by=chloe, at=NOW)
    delivery.sweep(at=LATER)
    assert ack_of(ticket).state == State.SENT


class TestGrouped:
    def test_N10_one_that_names_several_keeps_those_that_wait(self, write, office):
        write()
        delivery.sweep(at=NOW)
        second, third, fourth = (write(minutes=m) for m in (1, 2, 3))
        waiting = ack_of(second)
        assert {third.reference, fourth.reference} == set(waiting.payload["grouped"])
        answered(second)
        answered(fourth)
        delivery.sweep(at=LATER)
        left = Outgoing.objects.get(pk=waiting.pk)
        assert left.state == State.SENT
        assert third.reference in left.payload["text"]
        assert second.reference not in left.payload["text"] + left.payload["subject"]
        assert fourth.reference not in left.payload["text"]
        assert SecretLink.objects.get(key=left.key).subject_id == third.pk

    def test_N10_none_when_all_of_them_are_answered(self, write, office):
        write()
        delivery.sweep(at=NOW)
        second, third = write(minutes=1), write(minutes=2)
        answered(second)
        answered(third)
        delivery.sweep(at=LATER)
        assert ack_of(second).state == State.CANCELLED
        assert len(office.ids) == 1


class TestReceipt:
    @pytest.fixture
    def sorted_ticket(self, write, chloe):
        Topic.objects.filter(code="velo").update(regime="silence_refusal", sensitivity="normal")
        ticket = write()
        sort(ticket=ticket, topic=Topic.objects.get(code="velo"), maison=None, by=chloe, at=NOW)
        return ticket

    def receipt_of(self, ticket):
        return Outgoing.objects.get(touchpoint__ticket=ticket, kind="receipt")

    def test_N10_one_that_is_still_true_leaves(self, sorted_ticket, office):
        delivery.sweep(at=LATER)
        assert self.receipt_of(sorted_ticket).state == State.SENT

    def test_N10_documents_that_came_meanwhile_are_asked_no_longer(self, sorted_ticket, office):
        Ticket.objects.filter(pk=sorted_ticket.pk).update(papers_complete_at=NOW)
        delivery.sweep(at=LATER)
        assert self.receipt_of(sorted_ticket).reason == "Ce qu’il disait a changé."

    def test_N10_none_for_a_duplicate(self, sorted_ticket, office):
        Ticket.objects.filter(pk=sorted_ticket.pk).update(
            state="closed", outcome=Outcome.DUPLICATE, closed_at=NOW
        )
        delivery.sweep(at=LATER)
        assert self.receipt_of(sorted_ticket).state == State.CANCELLED


class TestTransfer:
    def test_N10_the_news_of_a_transfer_taken_back_stays_here(self, write, chloe, office):
        ticket = write()
        ticket.topic = Topic.objects.get(code="velo")
        ticket.save()
        close(ticket=ticket, outcome=Outcome.TRANSFERRED, by=chloe, at=NOW)
        Ticket.objects.filter(pk=ticket.pk).update(state="open", outcome="", closed_at=None, closed_by=None)
        delivery.sweep(at=LATER)
        told = Outgoing.objects.get(touchpoint__ticket=ticket, kind="transfer")
        assert (told.state, told.reason) == (State.CANCELLED, "La demande n’est plus transmise.")
