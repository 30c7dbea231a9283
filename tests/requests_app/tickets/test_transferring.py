"""A ticket goes to another body in one gesture: the body gets it, and the person is told what is true."""

from datetime import timedelta

import pytest
from django.utils import timezone

from requests_app.catalog.models import CompetentBody, Topic
from requests_app.outbox import preflight
from requests_app.outbox.models import Outgoing
from requests_app.tickets.errors import NotAllowed, Refused
from requests_app.tickets.inbound import InboundMessage, SaidFile
from requests_app.tickets.models import Outcome, State, ToDo
from requests_app.tickets.services import (
    close,
    merge_tickets,
    receive,
    record_opinion,
    reopen,
    split,
    transfer,
    undo_transfer,
)

pytestmark = pytest.mark.django_db

NOW = timezone.now()
BODY, ADDRESS = "France Travail", "accueil@travail.exemple"
WORDS = "France Travail m’a radiée de ses listes, aidez-moi."


@pytest.fixture
def ticket(lyon_8):
    said = InboundMessage(
        channel="mail",
        occurred_at=NOW,
        text=WORDS,
        subject="Radiation",
        sender_kind="email",
        sender_value="samira@exemple.fr",
        sender_name="Samira Benali",
        mailboxes=("mdm.lyon8-est@grandlyon.com",),
        files=(SaidFile("avis.pdf", "application/pdf", b"%PDF-1.4 avis"),),
    )
    return receive(said, at=NOW).ticket


@pytest.fixture
def known(db):
    return CompetentBody.objects.create(name=BODY, mail=ADDRESS)


def sent(ticket, kind):
    return list(Outgoing.objects.filter(touchpoint__ticket=ticket, kind=kind).order_by("pk"))


def to_do(ticket):
    return [task.text for task in ToDo.objects.to_do().filter(ticket=ticket)]


class TestToAnAddress:
    def test_gives_the_body_the_words_the_contact_and_the_files(self, ticket, known, chloe):
        transfer(ticket=ticket, by=chloe, at=NOW)
        [given] = sent(ticket, "handover")
        assert given.recipient == ADDRESS
        assert all(
            said in given.payload["text"] for said in (WORDS, "Samira Benali", "samira@exemple.fr", BODY)
        )
        assert [file["name"] for file in given.payload["files"]] == ["avis.pdf"]
        assert len(given.files) == 1

    def test_gives_all_that_is_read_as_the_request(self, ticket, known, chloe, make_ticket, make_touchpoint):
        said = make_touchpoint(ticket, text="Et ma carte de transport ?", subject="Autre chose")
        other = split(ticket=ticket, touchpoint=said, by=chloe, at=NOW)
        merge_tickets(merged=make_ticket(text="Ma carte est perdue."), survivor=other, by=chloe, at=NOW)
        record_opinion(ticket=other, face="Mécontent", sentence="Trop long", at=NOW)
        other.refresh_from_db()
        other.transfer_body = BODY
        transfer(ticket=other, by=chloe, at=NOW)
        [given] = sent(other, "handover")
        assert "Et ma carte de transport ?" in given.payload["text"]
        assert "Ma carte est perdue." in given.payload["text"]
        assert "Trop long" not in given.payload["text"]
        assert WORDS not in given.payload["text"]

    def test_ends_the_ticket_with_its_topic(self, ticket, known, chloe):
        transfer(ticket=ticket, by=chloe, at=NOW)
        ticket.refresh_from_db()
        assert (ticket.state, ticket.outcome) == (State.CLOSED, Outcome.TRANSFERRED)
        assert ticket.topic.code == "emploi-chomage"

    def test_tells_the_person_that_it_is_passed_on(self, ticket, known, chloe):
        transfer(ticket=ticket, by=chloe, at=NOW)
        [told] = sent(ticket, "transfer")
        assert "Nous avons transmis votre demande" in told.payload["text"]
        assert to_do(ticket) == []

    def test_tells_nobody_what_is_not_true_when_the_body_did_not_get_it(self, ticket, known, chloe):
        transfer(ticket=ticket, by=chloe, at=NOW)
        Outgoing.objects.filter(kind="handover").update(state="failed", reason="refus", ended_at=NOW)
        obstacle = preflight.obstacle(sent(ticket, "transfer")[0], NOW + timedelta(minutes=11))
        assert "n’a pas reçu" in str(obstacle)

    def test_the_same_by_closing_it_as_passed_on(self, ticket, known, chloe):
        close(ticket=ticket, outcome="transferred", by=chloe, at=NOW)
        assert [given.recipient for given in sent(ticket, "handover")] == [ADDRESS]


class TestWithoutAddress:
    def test_asks_an_agent_and_says_so_to_the_person(self, ticket, chloe):
        transfer(ticket=ticket, by=chloe, at=NOW)
        assert sent(ticket, "handover") == []
        assert to_do(ticket) == [
            "Transmettez vous-même cette demande à : France Travail. Aucune adresse n’est réglée."
        ]
        [told] = sent(ticket, "transfer")
        assert "Un agent va la lui transmettre." in told.payload["text"]

    def test_puts_the_body_in_the_list_of_the_administrator(self, ticket, chloe):
        transfer(ticket=ticket, by=chloe, at=NOW)
        assert CompetentBody.objects.get().name == BODY

    def test_A03_a_reserved_one_leaves_by_hand_only(self, ticket, known, chloe):
        ticket.is_sensitive = True
        ticket.save()
        transfer(ticket=ticket, by=chloe, at=NOW)
        assert sent(ticket, "handover") == sent(ticket, "transfer") == []
        assert BODY not in " ".join(to_do(ticket))
        assert len(to_do(ticket)) == 2


class TestUndo:
    def test_takes_it_back_as_it_was(self, ticket, known, chloe):
        body = ticket.transfer_body
        transfer(ticket=ticket, by=chloe, at=NOW)
        undo_transfer(ticket=ticket, by=chloe, at=NOW + timedelta(minutes=1))
        ticket.refresh_from_db()
        assert (ticket.state, ticket.topic, ticket.transfer_body) == (State.TO_SORT, None, body)
        assert {row.state for row in (*sent(ticket, "handover"), *sent(ticket, "transfer"))} == {"cancelled"}

    def test_is_refused_once_the_body_has_it(self, ticket, known, chloe):
        transfer(ticket=ticket, by=chloe, at=NOW)
        Outgoing.objects.filter(kind="handover").update(state="sent", sent_at=NOW)
        with pytest.raises(Refused, match="déjà reçu"):
            undo_transfer(ticket=ticket, by=chloe, at=NOW + timedelta(hours=1))

    def test_drops_the_task_too(self, ticket, chloe):
        transfer(ticket=ticket, by=chloe, at=NOW)
        undo_transfer(ticket=ticket, by=chloe, at=NOW)
        assert to_do(ticket) == []

    def test_opening_it_again_keeps_the_mail_here(self, ticket, known, chloe):
        transfer(ticket=ticket, by=chloe, at=NOW)
        reopen(ticket=ticket, reason="Elle est pour nous", by=chloe, at=NOW)
        assert [given.state for given in sent(ticket, "handover")] == ["cancelled"]

    def test_a_second_time_is_a_second_mail(self, ticket, known, chloe):
        for _ in range(2):
            transfer(ticket=ticket, by=chloe, at=NOW)
            undo_transfer(ticket=ticket, by=chloe, at=NOW)
        transfer(ticket=ticket, by=chloe, at=NOW)
        assert [row.state for row in sent(ticket, "handover")] == ["cancelled", "cancelled", "queued"]


class TestRefusals:
    def test_without_another_body(self, make_ticket, chloe):
        ticket = make_ticket(topic="rsa-demande")
        with pytest.raises(Refused, match="autre organisme"):
            transfer(ticket=ticket, by=chloe, at=NOW)

    def test_by_who_may_not_handle_it(self, ticket, bruno, elsa):
        for agent in (bruno, elsa):
            with pytest.raises(NotAllowed):
                transfer(ticket=ticket, by=agent, at=NOW)

    def test_the_topic_alone_names_the_body(self, make_ticket, known, chloe):
        ticket = make_ticket(topic=Topic.objects.get(code="emploi-chomage").code)
        transfer(ticket=ticket, by=chloe, at=NOW)
        assert [given.recipient for given in sent(ticket, "handover")] == [ADDRESS]
