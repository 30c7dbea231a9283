"""« STOP » is honoured for one purpose at a time, and kept."""

import pytest
from django.utils import timezone

from requests_app.people.models import ContactChoice, ContactPoint
from requests_app.people.services import choose, is_refused

pytestmark = pytest.mark.django_db
NUMBER = "+33639981234"
Use = ContactPoint.Use


def say(word="STOP", *, is_allowed=False, uses=(Use.REMINDER,)):
    return choose(kind="phone", value=NUMBER, uses=uses, is_allowed=is_allowed, word=word, at=timezone.now())


def point():
    return ContactPoint.objects.get(value=NUMBER)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["answer", "reminder"], ["answer"]),
        (["reminder"], ["nothing"]),
        ([], ["answer"]),
        (["answer"], ["answer"]),
    ],
)
def test_S05_stop_ends_reminders_and_nothing_else(amina, before, after):
    ContactPoint.objects.filter(value=NUMBER).update(usable_for=before)
    say()
    assert point().usable_for == after
    assert not point().allows(Use.REMINDER)


def test_S05_start_brings_them_back(amina):
    say()
    say("START", is_allowed=True)
    assert point().allows(Use.REMINDER)
    assert list(ContactChoice.objects.order_by("pk").values_list("word", "is_allowed")) == [
        ("STOP", False),
        ("START", True),
    ]


def test_S05_a_second_stop_is_nothing_new(amina):
    assert say() == [Use.REMINDER]
    assert say() == []


def test_S05_a_stranger_s_stop_counts_when_she_becomes_known(make_person):
    say()
    assert is_refused("phone", NUMBER, Use.REMINDER)
    make_person(given_name="Amina", phone=NUMBER)
    assert not point().allows(Use.REMINDER)
    assert point().allows(Use.ANSWER)


def test_S05_everyone_at_a_shared_number_is_left_alone(amina, make_person, share_contact):
    share_contact(make_person(given_name="Zoé"), NUMBER)
    say()
    assert not any(each.allows(Use.REMINDER) for each in ContactPoint.objects.filter(value=NUMBER))
