"""« A répondu » goes with the words: to the ticket a message is split to, and back; so with a transfer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from requests_app.catalog.models import CompetentBody
from requests_app.outbox.models import Outgoing
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.models import State, Ticket, ToDo, Touchpoint
from requests_app.tickets.services import (
    ask,
    close,
    mark_read,
    mark_unread,
    merge_tickets,
    note_called,
    receive,
    reopen,
    split,
    transfer,
    undo_call,
    undo_transfer,
    unsplit,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()
FIRST, SECOND, THIRD = (NOW - timedelta(hours=hours) for hours in (3, 2, 1))


@pytest.fixture
def ticket(make_ticket, amina):
    return make_ticket(
        person=amina, text="Ma facture.", received_at=NOW - timedelta(days=2), state=State.OPEN
    )


@pytest.fixture
def wrote(ticket, chloe):
    """Words of the person that join the ticket by its page."""

    def say(text, at, to=ticket):
        said = InboundMessage(
            channel="mail",
            occurred_at=at,
            text=text,
            sender_kind="email",
            sender_value="amina.benali@exemple.fr",
            follows=to.reference,
        )
        return receive(said, at=at).touchpoint

    return say


def seen(ticket):
    """What the list says of it: since when there are words to read, the last words, their door."""
    fresh = Ticket.objects.get(pk=ticket.pk)
    return fresh.person_wrote_at, fresh.excerpt, fresh.excerpt_channel


class TestSplit:
    @pytest.mark.parametrize("last", ["Et le RSA ?", "مرحبا\nEt le RSA ?" + " longtemps" * 60])
    def test_the_mark_goes_with_the_only_words_to_read(self, ticket, wrote, chloe, last):
        aside = wrote(last, FIRST)
        ticket.refresh_from_db()
        before = seen(ticket)
        new = split(ticket=ticket, touchpoint=aside, by=chloe, at=NOW)
        assert seen(ticket) == (None, "Ma facture.", "mail")
        assert seen(new)[:2] == (FIRST, before[1])
        unsplit(touchpoint=aside, by=chloe, at=NOW)
        assert seen(ticket) == before

    def test_other_words_are_still_to_read(self, ticket, wrote, chloe):
        wrote("Avez-vous lu ?", FIRST)
        aside = wrote("Et le RSA ?", SECOND)
        ticket.refresh_from_db()
        new = split(ticket=ticket, touchpoint=aside, by=chloe, at=NOW)
        assert seen(ticket) == (FIRST, "Avez-vous lu ?", "mail")
        assert seen(new)[0] == SECOND
        unsplit(touchpoint=aside, by=chloe, at=NOW)
        assert seen(ticket) == (SECOND, "Et le RSA ?", "mail")

    def test_earlier_words_leave_the_last_ones(self, ticket, wrote, chloe):
        aside = wrote("Et le RSA ?", FIRST)
        wrote("Avez-vous lu ?", SECOND)
        ticket.refresh_from_db()
        before = seen(ticket)
        new = split(ticket=ticket, touchpoint=aside, by=chloe, at=NOW)
        assert (seen(ticket), seen(new)[0]) == (before, FIRST)
        unsplit(touchpoint=aside, by=chloe, at=NOW)
        assert seen(ticket) == before

    def test_what_was_read_before_stays_read(self, ticket, wrote, chloe):
        aside = wrote("Et le RSA ?", FIRST)
        ticket.refresh_from_db()
        mark_read(ticket=ticket, by=chloe, at=FIRST + timedelta(minutes=5))
        wrote("Avez-vous lu ?", SECOND)
        ticket.refresh_from_db()
        new = split(ticket=ticket, touchpoint=aside, by=chloe, at=NOW)
        assert (seen(ticket)[0], seen(new)[0]) == (SECOND, None)

    def test_what_was_put_back_to_read_is_to_read(self, ticket, wrote, chloe):
        wrote("Avez-vous lu ?", FIRST)
        ticket.refresh_from_db()
        mark_read(ticket=ticket, by=chloe, at=FIRST + timedelta(minutes=5))
        mark_unread(ticket=ticket, by=chloe, at=FIRST + timedelta(minutes=6))
        aside = wrote("Et le RSA ?", SECOND)
        ticket.refresh_from_db()
        split(ticket=ticket, touchpoint=aside, by=chloe, at=NOW)
        assert seen(ticket)[0] == FIRST

    def test_our_answer_between_them_counts(self, ticket, wrote, chloe, make_touchpoint):
        wrote("Avez-vous lu ?", FIRST)
        answer = make_touchpoint(ticket, text="Oui.", direction="out", at=FIRST + timedelta(minutes=1))
        Touchpoint.objects.filter(pk=answer.pk).update(author=chloe)
        aside = wrote("Et le RSA ?", SECOND)
        ticket.refresh_from_db()
        split(ticket=ticket, touchpoint=aside, by=chloe, at=NOW)
        assert seen(ticket)[0] is None

    def test_read_already_it_opens_a_ticket_without_the_mark(self, ticket, wrote, chloe):
        aside = wrote("Et le RSA ?", FIRST)
        ticket.refresh_from_db()
        mark_read(ticket=ticket, by=chloe, at=SECOND)
        new = split(ticket=ticket, touchpoint=aside, by=chloe, at=NOW)
        assert (seen(ticket)[0], seen(new)[0]) == (None, None)
        unsplit(touchpoint=aside, by=chloe, at=NOW)
        assert seen(ticket)[0] is None

    def test_words_that_came_meanwhile_stay_the_last(self, ticket, wrote, chloe):
        aside = wrote("Et le RSA ?", FIRST)
        ticket.refresh_from_db()
        split(ticket=ticket, touchpoint=aside, by=chloe, at=SECOND)
        wrote("Je vous rappelle ma facture", THIRD)
        aside.refresh_from_db()
        unsplit(touchpoint=aside, by=chloe, at=NOW)
        assert seen(ticket)[:2] == (THIRD, "Je vous rappelle ma facture")

    def test_of_a_merged_ticket_it_comes_back_where_that_goes_on(
        self, ticket, wrote, chloe, make_ticket, amina
    ):
        stays = make_ticket(
            person=amina, text="Le loyer", received_at=NOW - timedelta(days=5), state=State.OPEN
        )
        aside = wrote("Et le RSA ?", FIRST)
        ticket.refresh_from_db()
        merge_tickets(merged=ticket, survivor=stays, by=chloe, at=SECOND)
        stays.refresh_from_db()
        before = seen(stays)
        assert before[0] == FIRST
        aside.refresh_from_db()
        new = split(ticket=stays, touchpoint=aside, by=chloe, at=NOW)
        assert (seen(stays)[0], seen(new)[0]) == (None, FIRST)
        aside.refresh_from_db()
        unsplit(touchpoint=aside, by=chloe, at=NOW)
        assert seen(stays) == before


class TestCall:
    def test_one_noted_by_mistake_gives_the_mark_back(self, ticket, wrote, chloe):
        wrote("Rappelez-moi", FIRST)
        task = ask(ticket=ticket, kind=ToDo.Kind.CALL, text="Rappel", key="k", at=FIRST, due_at=NOW)
        note_called(task=task, by=chloe, at=NOW)
        assert seen(ticket)[0] is None
        undo_call(task=task, by=chloe, at=NOW + timedelta(minutes=1))
        assert seen(ticket)[0] == FIRST


FIELDS = (
    "state",
    "outcome",
    "maison_id",
    "shared_with",
    "topic_id",
    "transfer_body",
    "assignee_id",
    "person_wrote_at",
    "waiting_since",
)


class TestTransfer:
    @pytest.fixture
    def passed(self, ticket, wrote):
        CompetentBody.objects.create(name="France Travail", mail="accueil@travail.exemple")
        wrote("Toujours pas de nouvelles de France Travail", FIRST)
        Ticket.objects.filter(pk=ticket.pk).update(
            state=State.WAITING_OTHER, transfer_body="France Travail", waiting_since=SECOND
        )
        ticket.refresh_from_db()
        return ticket

    @pytest.mark.parametrize("verb", [transfer, lambda **given: close(outcome="transferred", **given)])
    def test_undone_all_is_as_before(self, passed, chloe, verb):
        before = [getattr(passed, name) for name in FIELDS]
        assert before[-2] == FIRST
        verb(ticket=passed, by=chloe, at=NOW)
        assert seen(passed)[0] is None
        undo_transfer(ticket=passed, by=chloe, at=NOW + timedelta(minutes=1))
        passed.refresh_from_db()
        assert [getattr(passed, name) for name in FIELDS] == before

    def test_the_page_says_that_the_body_has_it(self, passed, chloe, client_of):
        client, path = client_of(chloe), f"/demandes/{passed.reference}/"
        transfer(ticket=passed, by=chloe, at=NOW)
        page = client.get(path).content.decode()
        assert f"{path}ne-plus-transmettre/" in page
        assert "a déjà reçu" not in page
        Outgoing.objects.filter(kind="handover").update(state="sent", sent_at=NOW)
        page = client.get(path).content.decode()
        assert "a déjà reçu la demande : rouvrez-la" in page.replace("\xa0", " ")
        assert f"{path}ne-plus-transmettre/" not in page

    def test_opened_again_an_agent_is_asked_to_tell_the_body(self, passed, chloe):
        transfer(ticket=passed, by=chloe, at=NOW)
        Outgoing.objects.filter(kind="handover").update(state="sent", sent_at=NOW)
        passed.refresh_from_db()
        reopen(ticket=passed, reason="Elle est pour nous", by=chloe, at=NOW)
        assert [task.kind for task in ToDo.objects.to_do()] == [ToDo.Kind.TRANSFER]
        passed.refresh_from_db()
        transfer(ticket=passed, by=chloe, at=NOW)
        assert not ToDo.objects.to_do().exists()
