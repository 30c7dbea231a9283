"""A digit by SMS to our survey, from the provider's call to the ticket: it opens nothing again."""

from datetime import UTC, datetime, timedelta

import pytest

from channels_app.sms.tests.conftest import receive_message  # noqa: F401
from requests_app.feedback import services
from requests_app.feedback.models import FeltExperience
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import State, Ticket, Touchpoint

pytestmark = pytest.mark.django_db
NUMBER = "+33639980000"
NOW = datetime(2026, 11, 25, 11, tzinfo=UTC)  # a Wednesday, noon in Paris
CLOSED = NOW - timedelta(days=2)
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def asked(settings, make_person, make_ticket):
    """A request of two days ago, closed, about which the person was asked."""
    settings.SURVEYS_ON = True
    person = make_person(given_name="P", family_name="Avis", phone=NUMBER)
    received_at = CLOSED - timedelta(days=3)
    ticket = make_ticket(
        person=person, channel="sms", state="closed", closed_at=CLOSED, received_at=received_at
    )
    assert services.invite(at=NOW) == 1
    Outgoing.objects.filter(kind="survey").update(state="sent", sent_at=NOW)
    return ticket


@pytest.mark.parametrize(("text", "level"), [("4", 4), ("5 merci", 5)])
def test_S07_a_good_face_is_stored_and_the_ticket_stays_closed(asked, receive_message, text, level):  # noqa: F811
    arrival = receive_message(text, sender=NUMBER, at=LATER)
    assert arrival.touchpoint.ticket == asked
    felt = FeltExperience.objects.get(ticket=asked)
    assert (felt.level, felt.way) == (level, "sms")
    now = Ticket.objects.get(pk=asked.pk)
    assert (now.state, now.closed_at, now.person_wrote_at) == (State.CLOSED, CLOSED, None)
    [more] = Outgoing.objects.exclude(kind="survey")  # nothing is acknowledged
    assert "Un mot de plus" in more.payload["text"]
    assert Touchpoint.objects.get(pk=arrival.touchpoint_id).text == text


def test_S07_a_bad_one_waits_for_an_agent_and_opens_nothing(asked, receive_message):  # noqa: F811
    receive_message("1", sender=NUMBER, at=LATER)
    now = Ticket.objects.get(pk=asked.pk)
    assert (now.state, now.person_wrote_at) == (State.CLOSED, LATER)


def test_S04_words_after_the_digit_are_a_message_that_opens_it_again(asked, receive_message):  # noqa: F811
    arrival = receive_message("2 et mon dossier est perdu", sender=NUMBER, at=LATER)
    assert not FeltExperience.objects.exists()
    assert Ticket.objects.get(pk=arrival.touchpoint.ticket_id).state != State.CLOSED


def mark_sent(at):
    Outgoing.objects.filter(kind="notice").update(state="sent", sent_at=at)


def test_a_second_digit_replaces_the_first_and_asks_nothing_more(asked, receive_message):  # noqa: F811
    receive_message("2", sender=NUMBER, at=LATER)
    mark_sent(LATER)
    receive_message("4", sender=NUMBER, at=LATER + timedelta(minutes=5))
    assert FeltExperience.objects.get(ticket=asked).level == 4
    assert Outgoing.objects.filter(kind="notice").count() == 1


def test_a_word_more_is_kept_as_the_sentence_and_read_as_any_message(asked, receive_message):  # noqa: F811
    receive_message("4", sender=NUMBER, at=LATER)
    mark_sent(LATER)
    said = "Très bien reçue, mais il me manque un papier"
    arrival = receive_message(said, sender=NUMBER, at=LATER + timedelta(minutes=5))
    assert FeltExperience.objects.get(ticket=asked).sentence == said
    landed = Ticket.objects.get(pk=arrival.touchpoint.ticket_id)
    assert (landed.state, landed.has_new_words) != (State.CLOSED, False)


def test_words_after_another_message_of_ours_are_no_sentence(asked, receive_message):  # noqa: F811
    receive_message("4", sender=NUMBER, at=LATER)
    mark_sent(LATER)
    later = LATER + timedelta(hours=1)
    times = {"created_at": later, "try_after": later, "give_up_at": later}
    row = {"kind": "reminder", "channel": "sms", "recipient": NUMBER, "state": "sent", "sent_at": later}
    Outgoing.objects.create(key="r", message_id="r", **row, **times)
    receive_message("Je viendrai", sender=NUMBER, at=LATER + timedelta(hours=2))
    assert FeltExperience.objects.get(ticket=asked).sentence == ""


@pytest.mark.parametrize("text", ["PAS RÉGLÉ", "pas regle", "Non, ce n'est pas réglé !"])
def test_not_settled_by_sms_opens_it_again_once(asked, receive_message, text):  # noqa: F811
    receive_message(text, sender=NUMBER, at=LATER)
    ticket = Ticket.objects.get(pk=asked.pk)
    assert (ticket.state, ticket.has_new_words) == (State.OPEN, True)
    receive_message(text, sender=NUMBER, at=LATER + timedelta(minutes=1))
    assert ticket.events.filter(kind="reopened").count() == 1
    assert Ticket.objects.count() == 1
