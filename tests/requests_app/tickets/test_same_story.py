"""Two doors within days, one topic, one person: proposed as one story."""

from datetime import timedelta

import pytest
from django.utils import timezone

from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.models import State, Ticket, TicketLink
from requests_app.tickets.services import change_topic, receive
from tests.factories import topic

pytestmark = pytest.mark.django_db
NOW = timezone.now()
FSL = "fsl-acces-maintien"


@pytest.fixture
def visits(amina, lyon_8):
    def visit(code=FSL, *, at=NOW, person=amina):
        said = InboundMessage(
            channel="frontdesk",
            occurred_at=at,
            text="Venue à l’accueil",
            person_id=person.pk,
            topic_code=code,
            maison_id=lyon_8.pk,
        )
        return receive(said, at=at).ticket

    return visit


@pytest.fixture
def mailed(make_ticket, amina):
    def mail(**fields):
        at = NOW - timedelta(days=2)
        return make_ticket(**{"person": amina, "proposed_topic": topic(FSL), "received_at": at, **fields})

    return mail


def proposed():
    return list(TicketLink.objects.values_list("from_ticket", "to_ticket", "kind", "is_accepted"))


def test_a_mail_then_a_visit_on_the_same_topic_are_proposed(mailed, visits):
    mail = mailed()
    visit = visits()
    assert proposed() == [(visit.pk, mail.pk, "proposed", None)]


def test_one_that_an_agent_has_sorted_too(mailed, visits):
    mail = mailed(topic=FSL, state=State.OPEN)
    assert proposed() == []
    assert [row[1] for row in (visits() and proposed())] == [mail.pk]


def test_the_topic_chosen_later_proposes_it_too(mailed, visits, central):
    mail, visit = mailed(proposed_topic=None), visits()
    assert proposed() == []
    change_topic(ticket=mail, topic=topic(FSL), by=central, at=NOW)
    assert proposed() == [(mail.pk, visit.pk, "proposed", None)]


@pytest.mark.parametrize(
    "other",
    [
        {"proposed_topic": None},
        {"received_at": NOW - timedelta(days=11)},
        {"state": State.CLOSED},
        {"is_sensitive": True},
        {"person": None},
    ],
)
def test_nothing_is_proposed_otherwise(mailed, visits, other):
    mailed(**other)
    visits()
    assert proposed() == []


def test_another_topic_is_another_story(mailed, visits):
    mailed()
    visits("rsa-demande")
    assert proposed() == []


def test_A03_a_reserved_topic_is_told_to_nobody(make_ticket, visits, amina):
    make_ticket(person=amina, topic="enfance-danger")
    visits("enfance-danger")
    assert proposed() == []


def test_put_aside_once_it_is_not_proposed_again(mailed, visits, central):
    mail, visit = mailed(), visits()
    TicketLink.objects.update(is_accepted=False)
    change_topic(ticket=Ticket.objects.get(pk=mail.pk), topic=topic("rsa-demande"), by=central, at=NOW)
    change_topic(ticket=Ticket.objects.get(pk=mail.pk), topic=topic(FSL), by=central, at=NOW)
    assert proposed() == [(visit.pk, mail.pk, "proposed", False)]


class TestAgainByAnotherDoor:
    """The same words by mail and by the form: one request."""

    WORDS = "Bonjour, mon chauffage est coupé depuis hier."

    @pytest.fixture
    def say(self, amina, territory):
        def said(channel, *, at=NOW, **more):
            words = {"text": self.WORDS, "sender_kind": "email", "sender_value": "amina.benali@exemple.fr"}
            return receive(InboundMessage(channel=channel, occurred_at=at, **{**words, **more}), at=at)

        return said

    def test_is_one(self, say):
        first, again = say("mail"), say("portal")
        assert (again.touchpoint, again.is_repeat) == (first.touchpoint, True)

    def test_what_the_form_adds_is_a_second_message(self, say):
        first, again = say("mail"), say("portal", address="12 rue des Lilas, Lyon", reply_text=self.WORDS)
        assert (again.ticket, again.is_new) == (first.ticket, False)
        assert again.touchpoint != first.touchpoint
        assert "12 rue des Lilas" in again.touchpoint.remarks[-1]

    def test_chosen_for_another_topic_it_is_another(self, say):
        first, again = say("portal", topic_code=FSL), say("portal", topic_code="rsa-demande")
        assert again.ticket != first.ticket

    def test_what_an_agent_notes_is_heard_once_more(self, say, bruno, amina):
        first = say("mail")
        again = say("phone", author_id=bruno.pk, person_id=amina.pk)
        assert again.ticket != first.ticket

    def test_N05_a_form_with_another_answer_is_another(self, say):
        first = say("portal", facts={"given": ["", "12 rue des Lilas"]})
        same = say("portal", facts={"given": ["", "12 rue des Lilas"]}, address="12 rue des Lilas")
        other = say("portal", facts={"given": ["", "3 rue du Lac"]}, address="3 rue du Lac")
        assert (same.touchpoint, other.is_new) == (first.touchpoint, True)
