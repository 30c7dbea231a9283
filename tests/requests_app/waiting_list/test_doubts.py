"""« OUI » while two questions are open at that number: we ask which one, and apply the digit once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from channels_app.sms.texts import segments_of
from requests_app.appointments import services as appointments
from requests_app.appointments.models import Appointment
from requests_app.lib import short_words
from requests_app.outbox.models import Outgoing
from requests_app.people.models import ContactPoint
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.services import receive
from requests_app.waiting_list import doubt_texts
from requests_app.waiting_list.models import FreedSlot
from tests.requests_app.appointments.conftest import NOW, THURSDAY
from tests.requests_app.waiting_list.conftest import MINUTE, asked, number_of, sweep

LATER = NOW + timedelta(hours=1)
DAY = timedelta(days=1)
NUMBER = number_of(0)


def say(text, at=LATER + 2 * MINUTE, touchpoint_id=1):
    meaning = short_words.understand(NUMBER, text, at)
    if meaning and meaning.act:
        meaning.act(touchpoint_id, at)
    return meaning


def questions():
    """The messages that ask which one, as delivery hands them over."""
    rows = Outgoing.objects.filter(kind="notice", key__startswith="which:").order_by("pk")
    rows.update(state="sent", sent_at=LATER + 2 * MINUTE)
    return [row.payload["text"] for row in rows]


def tell(appointment, at=LATER + MINUTE):
    row = Outgoing.objects.filter(reminder__appointment=appointment, reminder__purpose="confirmation")
    assert row.update(state="sent", sent_at=at)
    return appointment


@pytest.fixture
def planned(wait, give):
    """A date of the person who waits, the day after the hour that is freed."""
    return give(THURSDAY + DAY, ticket=wait().ticket)


@pytest.fixture
def two(planned, give):
    """An hour is offered to them, and their own date was told a minute later."""
    gone = give(THURSDAY, at=LATER - 2 * MINUTE)
    appointments.cancel_by_person(appointment=gone, by=None, at=LATER - MINUTE)
    sweep(LATER)
    return tell(planned)


def test_yes_to_two_questions_asks_which_in_one_segment_and_does_nothing(two):
    meaning = say("Oui merci")
    assert "un SMS demande laquelle" in meaning.sentence
    assert meaning.reference == two.ticket.reference
    [text] = questions()
    assert text.replace("\u00a0", " ") == (
        "Métropole de Lyon : OUI, pour quoi ? 1 : RDV vendredi 27/11 à 10h30. "
        "2 : RDV libre jeudi 26/11 à 10h30. Répondez 1 ou 2."
    )
    assert segments_of(text) == 1
    two.refresh_from_db()
    assert (two.state, asked()[0].outcome) == ("booked", "pending")


def test_one_keeps_the_date_and_leaves_the_offer_open(two):
    say("OUI")
    questions()
    assert "confirme le rendez-vous du vendredi 27 novembre" in say("1").sentence.replace("\u00a0", " ")
    two.refresh_from_db()
    assert (two.state, two.starts_at) == ("confirmed", THURSDAY + DAY)
    assert [offer.outcome for offer in asked()] == ["pending"]


def test_two_takes_the_hour_once_whatever_they_write_again(two):
    say("OUI")
    questions()
    for text in ("Oui 2", "2", " 2. "):
        assert "prend la date libérée" in say(text).sentence
    two.refresh_from_db()
    assert (two.starts_at, two.round) == (THURSDAY, 2)
    assert [offer.outcome for offer in asked()] == ["accepted"]
    assert FreedSlot.objects.get(starts_at=THURSDAY).state == "refilled"


@pytest.mark.parametrize(
    ("digit", "state", "outcome"), [("1", "cancelled_person", "pending"), ("2", "booked", "declined")]
)
def test_no_asks_which_too(two, digit, state, outcome):
    say("NON")
    [text] = questions()
    assert "NON, pour quoi" in text
    say(digit)
    two.refresh_from_db()
    assert (two.state, asked()[0].outcome) == (state, outcome)


def test_it_is_asked_once_a_day_then_an_agent_asks(two):
    say("OUI")
    assert len(questions()) == 1
    again = say("OUI", LATER + 3 * MINUTE, touchpoint_id=2)
    assert (again.act, "ne dit pas laquelle" in again.sentence) == (None, True)
    assert len(questions()) == 1
    two.refresh_from_db()
    assert two.state == "booked"


def test_a_digit_says_nothing_without_the_question_nor_a_day_later_nor_beyond_it(two):
    assert say("1") is None
    say("OUI")
    questions()
    assert say("3") is None
    assert say("1", LATER + DAY + 3 * MINUTE) is None


def test_a_date_changed_meanwhile_is_for_an_agent(two):
    say("OUI")
    questions()
    Appointment.objects.filter(pk=two.pk).update(round=2)
    assert say("1") is None


def test_two_dates_of_two_tickets_ask_which(wait, give, make_ticket):
    place = wait()
    first = tell(give(THURSDAY, ticket=place.ticket))
    other = make_ticket(person=place.ticket.person, topic="rsa-demande", received_at=NOW)
    second = tell(give(THURSDAY + DAY, ticket=other), at=LATER + 2 * MINUTE)
    say("ANNULER")
    [text] = questions()
    assert "votre réponse, pour quoi" in text
    say("2")  # the first in time: the latest told comes first
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("cancelled_person", "booked")


def test_one_open_question_is_answered_at_once(planned):
    tell(planned)
    say("OUI")
    planned.refresh_from_db()
    assert (planned.state, questions()) == ("confirmed", [])


def test_what_is_confirmed_or_older_than_three_days_asks_no_more(two):
    Outgoing.objects.filter(reminder__appointment=two).update(sent_at=LATER - 3 * DAY)
    assert "prend la date libérée" in say("OUI").sentence


def test_S04_a_no_from_a_shared_number_is_for_an_agent(wait, give, make_ticket):
    place = wait()
    tell(give(THURSDAY, ticket=place.ticket))
    other = make_ticket(person=place.ticket.person, topic="rsa-demande", received_at=NOW)
    tell(give(THURSDAY + DAY, ticket=other))
    ContactPoint.objects.filter(value=NUMBER).update(is_shared=True)
    assert "le numéro est partagé" in say("ANNULER").sentence
    assert questions() == []
    assert Appointment.objects.expected().count() == 2


def test_the_whole_message_confirms_nothing_behind_the_question(two):
    """The rooms that read whole messages leave a settled one alone."""
    said = InboundMessage(
        channel="sms",
        occurred_at=LATER + 2 * MINUTE,
        text="OUI",
        reply_text="OUI",
        sender_kind="phone",
        sender_value=NUMBER,
        by_number=NUMBER,
        is_sender_sure=True,
        follows=two.ticket.reference,
    )
    for facts, became in (({"is_settled": True}, ("booked", "")), ({}, ("confirmed", "coming"))):
        receive(replace(said, facts=facts), at=LATER + 2 * MINUTE)
        two.refresh_from_db()
        assert (two.state, two.reply) == became


def test_every_text_fits_one_segment():
    assert {segments_of(text) for text in doubt_texts.samples()} == {1}
