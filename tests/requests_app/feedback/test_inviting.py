"""One survey by the channel used: who is asked, who never is, and how often."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from requests_app.feedback import services
from requests_app.feedback.models import FeltExperience
from requests_app.feedback.services.inviting import choose_surveys, is_still_valid
from requests_app.outbox.models import Outgoing, SecretLink
from requests_app.people.models import ContactChoice, ContactPoint
from requests_app.tickets.models import Ticket

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 11, tzinfo=UTC)  # a Wednesday, noon in Paris
CLOSED = NOW - timedelta(days=2)


@pytest.fixture(autouse=True)
def surveys_on(settings):
    settings.SURVEYS_ON = True


@pytest.fixture
def closed(make_person, make_ticket):
    """A closed request of a new person, by a channel."""
    made: list[Ticket] = []

    def make(channel="mail", person=None, **fields):
        index = len(made)
        person = person or make_person(
            given_name=f"P{index}",
            family_name="Avis",
            phone=f"+3363998{index:04}",
            email=f"p{index}@exemple.fr",
        )
        given = {"closed_at": CLOSED, "received_at": CLOSED - timedelta(days=3), **fields}
        made.append(make_ticket(person=person, channel=channel, state="closed", **given))
        return made[-1]

    return make


def sent():
    return list(Outgoing.objects.filter(kind="survey").order_by("pk"))


def test_a_mail_is_answered_by_a_link_to_the_question(closed):
    ticket = closed()
    assert services.invite(at=NOW) == 1
    [row] = sent()
    assert (row.channel, row.recipient, row.state) == ("mail", "p0@exemple.fr", "queued")
    assert ticket.reference in row.payload["text"]
    assert "{lien}" in row.payload["text"]
    link = SecretLink.objects.get(key=row.key)
    assert (link.purpose, link.subject_id) == ("survey", ticket.pk)
    assert row.touchpoint.ticket == ticket


def test_an_sms_asks_for_a_digit_in_one_segment(closed):
    closed("sms")
    services.invite(at=NOW)
    [row] = sent()
    assert (row.channel, row.recipient) == ("sms", "+33639980000")
    assert "Répondez de 1" in row.payload["text"]


def test_english_is_written_in_english(closed):
    closed(language="en")
    services.invite(at=NOW)
    assert sent()[0].payload["text"].startswith("Hello")


@pytest.mark.parametrize(
    "fields",
    [
        {"is_sensitive": True},
        {"marks": ["danger"]},
        {"marks": ["machine"]},
        {"outcome": "withdrawn"},
        {"outcome": "unwanted"},
        {"closed_at": NOW - timedelta(hours=23)},
        {"closed_at": NOW - timedelta(days=8)},
        {"channel": "letter"},
        {"channel": "phone"},
    ],
)
def test_A03_N12_who_is_never_asked(closed, fields):
    closed(**fields)
    assert services.invite(at=NOW) == 0


def test_N12_nor_about_another_request_of_somebody_in_danger(closed, make_ticket):
    make_ticket(person=closed().person, marks=["danger"])
    assert services.invite(at=NOW) == 0


def test_nor_a_shared_contact_nor_who_refused_reminders(closed, make_person):
    closed("sms")
    make_person(given_name="Autre", family_name="Avis", phone="+33639980000")
    refused = closed()
    ContactPoint.objects.filter(person=refused.person).update(usable_for=["answer"])
    assert services.invite(at=NOW) == 0


def test_nor_who_has_told_already(closed):
    FeltExperience.objects.create(ticket=closed(), level=4, said_at=CLOSED)
    assert services.invite(at=NOW) == 0


@pytest.mark.parametrize(("day", "hour"), [(25, 21), (22, 11)])
def test_O04_never_at_night_nor_on_a_sunday(closed, day, hour):
    at = datetime(2026, 11, day, hour, tzinfo=UTC)
    closed(closed_at=at - timedelta(days=2))
    assert services.invite(at=at) == 0


def test_nothing_without_the_setting(closed, settings):
    settings.SURVEYS_ON = False
    closed()
    assert services.invite(at=NOW) == 0


class TestNinetyDays:
    def test_a_person_is_asked_once_whatever_their_channels(self, closed):
        person = closed().person
        closed("sms", person=person)
        assert services.invite(at=NOW) == 1
        assert services.invite(at=NOW) == 0
        later = NOW + timedelta(days=89)
        closed(person=person, closed_at=later - timedelta(days=2))
        assert services.invite(at=later) == 0
        assert services.invite(at=later + timedelta(days=2)) == 1

    def test_who_was_merged_since_counts(self, closed, make_person):
        ticket = closed()
        services.invite(at=NOW)
        kept = make_person(given_name="P", family_name="Avis", email="autre@exemple.fr")
        Ticket.objects.filter(pk=ticket.pk).update(person=kept)
        closed(person=kept)
        assert services.invite(at=NOW + timedelta(hours=1)) == 0

    def test_an_address_is_asked_once_whoever_holds_it_now(self, closed):
        first = closed()
        services.invite(at=NOW)
        second = closed()
        ContactPoint.objects.filter(person=first.person, kind="email").update(value="ancien@exemple.fr")
        ContactPoint.objects.filter(person=second.person, kind="email").update(value="p0@exemple.fr")
        assert services.invite(at=NOW + timedelta(hours=1)) == 0

    def test_one_that_never_left_does_not_count(self, closed):
        closed(person=closed().person)
        services.invite(at=NOW)
        Outgoing.objects.update(state="refused", reason="Trop tard")
        assert services.invite(at=NOW + timedelta(hours=1)) == 1


class TestStop:
    def test_who_refuses_is_asked_nothing_more_and_may_undo(self, closed):
        person = closed().person
        services.invite(at=NOW)
        key, later = sent()[0].key, NOW + timedelta(days=100)
        choose_surveys(key=key, is_allowed=False, at=NOW)
        choose_surveys(key=key, is_allowed=False, at=NOW)
        assert ContactChoice.objects.count() == 1
        closed(person=person, closed_at=later - timedelta(days=2))
        assert services.invite(at=later) == 0
        choose_surveys(key=key, is_allowed=True, at=NOW + timedelta(minutes=1))
        assert services.invite(at=later) == 1

    def test_one_that_waits_does_not_leave(self, closed):
        closed()
        services.invite(at=NOW)
        [row] = sent()
        assert is_still_valid(row, NOW) == ""
        choose_surveys(key=row.key, is_allowed=False, at=NOW)
        assert "ne veut plus" in is_still_valid(row, NOW)

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"state": "open", "outcome": "", "closed_at": None}, "plus terminée"),
            ({"is_sensitive": True}, "réservée"),
            ({"person": None}, "plus celui"),
        ],
    )
    def test_nor_one_whose_request_changed(self, closed, fields, said):
        closed()
        services.invite(at=NOW)
        Ticket.objects.update(**fields)
        assert said in is_still_valid(sent()[0], NOW)


def test_ten_persons_cost_the_statements_of_one(closed):
    closed()
    one = count_statements(NOW)
    for _index in range(10):
        closed()
    assert count_statements(NOW + timedelta(hours=1)) == one


def count_statements(at):
    with CaptureQueriesContext(connection) as run:
        assert services.invite(at=at)
    return len(run)
