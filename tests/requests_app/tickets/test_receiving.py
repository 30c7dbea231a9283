from datetime import timedelta

import pytest
from django.utils import timezone

from requests_app.people.models import Person
from requests_app.people.services import NewPerson
from requests_app.routing.models import RoutingDecision
from requests_app.tickets.errors import Refused
from requests_app.tickets.inbound import InboundMessage, SaidFile
from requests_app.tickets.models import State, Ticket
from requests_app.tickets.services import receive, take, withdraw_visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(territory):
    def make(text="Bonjour, je voudrais un rendez-vous.", **fields):
        whole = {"channel": "mail", "occurred_at": timezone.now(), "text": text, **fields}
        return InboundMessage(**whole)

    return make


@pytest.fixture
def receive_message(said):
    return lambda **fields: receive(said(**fields), at=timezone.now())


class TestWho:
    def test_someone_new_is_remembered_with_the_address_she_wrote_from(self, receive_message):
        ticket = receive_message(
            sender_kind="email", sender_value="samira@exemple.fr", sender_name="BENALI Samira"
        ).ticket
        assert (ticket.person.given_name, ticket.person.family_name) == ("Samira", "Benali")
        assert ticket.person.contact_points.get().value == "samira@exemple.fr"

    def test_someone_known_is_found_by_her_address(self, receive_message, amina):
        ticket = receive_message(sender_kind="email", sender_value="amina.benali@exemple.fr").ticket
        assert ticket.person == amina

    def test_a_shared_phone_names_nobody(self, receive_message, amina, make_person, share_contact):
        share_contact(make_person(given_name="Karim"), "+33639981234")
        assert receive_message(sender_kind="phone", sender_value="+33639981234").ticket.person is None

    def test_words_without_sender_are_heard_too(self, receive_message):
        ticket = receive_message().ticket
        assert (ticket.person, ticket.sender) == (None, "")


class TestWhere:
    def test_the_mailbox_written_to_decides_and_says_why(self, receive_message, lyon_8):
        ticket = receive_message(mailboxes=("mdm.lyon8-est@grandlyon.com",)).ticket
        assert ticket.maison == lyon_8
        assert any("boîte" in step for step in ticket.decision.steps)

    def test_the_address_given_decides(self, receive_message):
        assert (
            receive_message(address="25 avenue Gabriel-Péri, 69250 Albigny-sur-Saône").ticket.maison.code
            == "P62"
        )

    def test_who_came_before_goes_back_to_the_same_maison(self, receive_message, amina, make_ticket, lyon_8):
        make_ticket(person=amina)
        assert receive_message(person_id=amina.pk).ticket.maison == lyon_8

    def test_a_visitor_of_whom_nothing_is_known_is_answered_where_she_came(self, receive_message, lyon_8):
        ticket = receive_message(channel="frontdesk", maison_id=lyon_8.pk).ticket
        assert ticket.maison == lyon_8
        assert any("accueil" in step for step in ticket.decision.steps)

    def test_without_evidence_it_belongs_to_nobody_yet(self, receive_message):
        ticket = receive_message(text="bonjour").ticket
        assert (ticket.maison, ticket.decision.outcome) == (None, "unplaced")

    def test_what_is_another_bodys_is_marked_with_its_name(self, receive_message):
        ticket = receive_message(topic_code="etat-civil", insee="69256").ticket
        assert (ticket.maison, ticket.transfer_body) == (None, "Mairie de Vaulx-en-Velin")


class TestWhat:
    def test_the_catalog_proposes_and_does_not_decide(self, receive_message):
        ticket = receive_message(
            text="Je voudrais faire une demande de RSA, revenu de solidarité active."
        ).ticket
        assert ticket.topic is None
        assert ticket.proposed_topic.code == "rsa-demande"
        assert "RSA" in ticket.proposed_words

    def test_a_sensitive_topic_is_never_proposed_by_itself(self, receive_message):
        ticket = receive_message(text="Un enfant en danger, maltraitance, je pense au 119").ticket
        assert ticket.proposed_topic is None

    def test_an_agents_topic_is_taken_with_its_delay(self, receive_message):
        ticket = receive_message(channel="frontdesk", topic_code="enfance-danger").ticket
        assert ticket.topic.code == "enfance-danger"
        assert ticket.is_sensitive

    def test_what_was_answered_at_once_is_over(self, receive_message, bruno):
        ticket = receive_message(channel="frontdesk", is_answered=True, author_id=bruno.pk).ticket
        assert (ticket.state, ticket.outcome, ticket.closed_by) == (State.CLOSED, "answered", bruno)


class TestFiles:
    def test_M15_files_are_kept_under_our_names_and_typed_by_their_bytes(self, receive_message):
        file = SaidFile("../../facture.html", "application/pdf", b"<script>alert(1)</script>")
        kept = receive_message(files=(file,)).touchpoint.attachments.get()
        assert (kept.name, kept.content_type) == ("facture.html", "application/octet-stream")
        assert "facture" not in kept.file.name
        assert kept.file.read() == b"<script>alert(1)</script>"


class TestJoin:
    def test_a_visit_joins_the_open_ticket_the_agent_chose(self, receive_message, amina, make_ticket):
        ticket = make_ticket(person=amina)
        received = receive_message(
            channel="frontdesk", person_id=amina.pk, ticket_id=ticket.pk, text="Papiers vus"
        )
        assert (received.ticket.pk, received.is_new) == (ticket.pk, False)
        assert ticket.touchpoints.count() == 2

    def test_never_the_ticket_of_someone_else(self, receive_message, amina, make_person, make_ticket):
        with pytest.raises(Refused):
            receive_message(person_id=make_person().pk, ticket_id=make_ticket(person=amina).pk)


class TestWithdraw:
    def test_takes_back_all_that_the_visit_made(self, receive_message):
        received = receive_message(channel="frontdesk", new_person=NewPerson(family_name="Ben Ali"))
        withdraw_visit(touchpoint=received.touchpoint, at=timezone.now())
        assert not Ticket.objects.exists()
        assert not Person.objects.exists()
        assert not RoutingDecision.objects.exists()

    def test_keeps_a_ticket_that_was_there_before(self, receive_message, amina, make_ticket):
        ticket = make_ticket(person=amina)
        received = receive_message(channel="frontdesk", person_id=amina.pk, ticket_id=ticket.pk)
        withdraw_visit(touchpoint=received.touchpoint, at=timezone.now())
        assert ticket.touchpoints.count() == 1

    def test_refuses_when_a_colleague_has_begun(self, receive_message, chloe, lyon_8):
        received = receive_message(channel="frontdesk", maison_id=lyon_8.pk)
        take(ticket=received.ticket, by=chloe, at=timezone.now())
        with pytest.raises(Refused, match="collègue"):
            withdraw_visit(touchpoint=received.touchpoint, at=timezone.now())


def test_receiving_costs_at_most_nine_statements(said, amina, django_assert_max_num_queries, territory):
    words = said(channel="frontdesk", sender_kind="email", sender_value="amina.benali@exemple.fr")
    with django_assert_max_num_queries(9):
        receive(words, at=timezone.now() + timedelta(seconds=1))
