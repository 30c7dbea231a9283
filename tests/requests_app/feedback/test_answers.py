"""A digit by SMS: the answer to our survey, and never to anything else."""

from datetime import timedelta

import pytest

from requests_app.feedback import services
from requests_app.feedback.models import FeltExperience
from requests_app.lib import short_words
from requests_app.outbox.models import Outgoing
from tests.requests_app.feedback.test_inviting import NOW, closed, surveys_on  # noqa: F401

pytestmark = pytest.mark.django_db
NUMBER, LATER = "+33639980000", NOW + timedelta(hours=2)


@pytest.fixture
def asked(closed):  # noqa: F811
    ticket = closed("sms")
    services.invite(at=NOW)
    Outgoing.objects.update(state="sent", sent_at=NOW)
    return ticket


def say(text, at=LATER):
    meaning = short_words.understand(NUMBER, text, at)
    if meaning and meaning.act:
        meaning.act(1, at)
    return meaning


def send_other(kind, at):
    times = {"created_at": at, "try_after": at, "give_up_at": at, "sent_at": at}
    Outgoing.objects.create(
        key=kind, message_id=kind, kind=kind, channel="sms", recipient=NUMBER, state="sent", **times
    )


@pytest.mark.parametrize(("text", "level"), [("4", 4), ("4 merci", 4), (" 1. ", 1), ("Bonjour 5 !", 5)])
def test_a_digit_alone_or_polite_is_the_face(asked, text, level):
    meaning = say(text)
    assert (meaning.reference, meaning.is_settled) == (asked.reference, True)
    assert FeltExperience.objects.get(ticket=asked).level == level


@pytest.mark.parametrize("text", ["0", "6", "10", "45", "4 fois que j’appelle", "j’ai 3 enfants"])
def test_anything_else_is_for_an_agent(asked, text):
    assert say(text) is None
    assert not FeltExperience.objects.exists()


def test_the_last_answer_counts_and_a_sentence_stays(asked):
    services.tell(ticket=asked, level=1, sentence="Trop long", at=LATER)
    say("4")
    felt = FeltExperience.objects.get()
    assert (felt.level, felt.sentence) == (4, "Trop long")


@pytest.mark.parametrize("kind", ["reminder", "offer", "notice", "answer"])
def test_after_another_question_a_digit_is_no_opinion(asked, kind):
    send_other(kind, NOW + timedelta(hours=1))
    assert say("2") is None
    assert not FeltExperience.objects.exists()


def test_before_it_which_one_makes_a_doubt_for_an_agent(asked):
    send_other("notice", NOW - timedelta(hours=1))
    meaning = say("2")
    assert "deux de nos SMS" in meaning.sentence
    assert not FeltExperience.objects.exists()


def test_nothing_after_a_week_or_once_the_number_is_shared(asked, make_person):
    assert say("4", NOW + timedelta(days=8)) is None
    make_person(given_name="Autre", family_name="Avis", phone=NUMBER)
    assert say("4") is None


def test_a_bad_face_is_for_an_agent_to_read(asked):
    say("1")
    asked.refresh_from_db()
    assert asked.person_wrote_at == LATER
