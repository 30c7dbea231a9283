"""Anybody can fill in a form about somebody else: of a person known before, it only proposes (N04)."""

import pytest
from django.utils import timezone

from channels_app.portal.contacts import contact_on_file
from requests_app.people.models import AccessNeed, ContactChoice, ContactPoint, PersonChange
from requests_app.reminders.ways import ways_to
from requests_app.tickets.messages.recipient import reader_of
from requests_app.tickets.models import PersonProposal, Ticket
from requests_app.tickets.services import accept_proposal, refuse_proposal
from requests_app.tickets.services.number_matching import find_answered

pytestmark = pytest.mark.django_db
PHONE, EMAIL = "+33639981234", "amina.benali@exemple.fr"
HARM = {"message": "non", "usage": "appel", "partage": "on", "eviter": "ne pas contacter"}


def record_of(person):
    """All that is kept of how to reach and receive somebody."""
    points = ContactPoint.objects.filter(person=person).order_by("pk")
    return list(points.values()), list(AccessNeed.objects.filter(person=person).order_by("pk").values())


@pytest.fixture
def known(amina):
    """Amina agreed to voice messages and reminders; an agent confirmed one need."""
    uses = ["answer", "reminder", "voice_message"]
    ContactPoint.objects.update(usable_for=uses, verified_at=timezone.now())
    AccessNeed.objects.create(person=amina, kind="step_free", is_confirmed=True, said_at=timezone.now())
    return amina


class TestAForm:
    @pytest.mark.parametrize(
        "contact",
        [
            HARM,
            {**HARM, "usage": "sms"},
            {"moyen": "mail", "email": EMAIL.upper(), "partage": "on", "eviter": "le soir"},
        ],
    )
    @pytest.mark.parametrize(
        "you", [{}, {"prenom": "", "nom": ""}, {"besoins": ["interpreter"], "langue": "turc"}]
    )
    def test_N04_changes_nothing_of_somebody_known(self, send, known, contact, you):
        before = record_of(known)
        send(contact=contact, vous=you)

        assert Ticket.objects.get().person == known
        assert record_of(known) == before
        assert not ContactChoice.objects.exists()
        assert not PersonChange.objects.exists()
        assert PersonProposal.objects.pending().filter(author=None).exists()

    def test_N04_nor_of_those_who_share_a_contact(self, send, known, make_person):
        other = make_person(given_name="Karim", family_name="Benali", phone=PHONE)
        before = record_of(known), record_of(other)
        send(contact=HARM)

        assert Ticket.objects.get().person is None
        assert (record_of(known), record_of(other)) == before

    def test_N04_proposes_each_thing_said_once(self, send, known):
        send(contact=HARM, vous={"besoins": ["step_free", "simple_words"]})

        said = PersonProposal.objects.order_by("pk").values_list("kind", "need", "contact_value")
        assert list(said) == [
            ("need", "no_text", ""),
            ("no_voice", "", PHONE),
            ("shared", "", PHONE),
            ("need", "avoid", ""),
            ("need", "simple_words", ""),
        ]

    def test_N04_of_somebody_new_it_is_written_at_once(self, send):
        send(contact=HARM)

        point = ContactPoint.objects.get()
        assert point.is_shared
        assert set(AccessNeed.objects.values_list("kind", flat=True)) >= {"shared_contact", "avoid"}
        assert not PersonProposal.objects.exists()


class TestUntilDecided:
    """It holds for the ticket it was said for, and for no other."""

    @pytest.fixture
    def reserved(self, send, known):
        ContactPoint.objects.filter(kind="email").delete()
        send(contact=HARM)
        ticket = Ticket.objects.get()
        Ticket.objects.update(is_sensitive=True)
        ticket.refresh_from_db()
        return ticket

    @pytest.fixture
    def other(self, known, make_ticket):
        return make_ticket(person=known, channel="portal", text=None, is_sensitive=True)

    def test_N04_no_code_nor_reminder_goes_where_others_read(self, reserved, other):
        assert contact_on_file(reserved) is None
        assert ways_to(reserved) == []
        assert contact_on_file(other).value == PHONE
        assert [way.point.value for way in ways_to(other)] == [PHONE]

    def test_N04_nor_an_automatic_mail(self, send, known, make_ticket):
        send(contact={"moyen": "mail", "email": EMAIL, "partage": "on"})
        told = Ticket.objects.get()
        other = make_ticket(person=known, channel="portal", text=None)

        assert reader_of(told) is None
        assert reader_of(other).address == EMAIL

    def test_N04_an_sms_does_not_join_it_by_its_number(self, reserved):
        assert find_answered(PHONE, timezone.now()) == (None, "")

    def test_N04_what_an_agent_refuses_no_longer_holds(self, reserved, central):
        for proposal in PersonProposal.objects.select_related("ticket__person"):
            refuse_proposal(proposal=proposal, by=central, at=timezone.now())

        assert contact_on_file(reserved).value == PHONE
        assert find_answered(PHONE, timezone.now())[0] == reserved

    def test_N04_what_an_agent_accepts_holds_for_all(self, reserved, other, central):
        shared = PersonProposal.objects.select_related("ticket__person").get(kind="shared")
        accept_proposal(proposal=shared, by=central, at=timezone.now())

        assert contact_on_file(other) is None
        assert ways_to(other) == []
