"""The log read by programs: one order, within what the key may see, ids only."""

from datetime import timedelta

import pytest
from django.utils import timezone

from requests_app.events.models import DomainEvent
from requests_app.events.services import Fact, purge_expired, record
from requests_app.tickets.services import close
from requests_app.tickets.services.ticket_merging import merge_tickets

pytestmark = pytest.mark.django_db


@pytest.fixture
def happen(territory):
    def write(*kinds, **fields):
        facts = [Fact(kind=kind, **{"ticket": "LYN-7K4P2Q", **fields}) for kind in kinds]
        record(facts, at=timezone.now())

    return write


@pytest.fixture
def reader(program):
    return program("events:read")


def told(answer):
    assert answer.status_code == 200, answer.content
    return [event["type"] for event in answer.json()["results"]]


def test_an_event_says_ids_kind_and_instant(reader, make_ticket, amina, chloe):
    ticket, at = make_ticket(person=amina, topic="voirie"), timezone.now()
    close(ticket=ticket, outcome="answered", by=chloe, at=at)
    event = reader.get("events/").json()["results"][0]
    assert set(event) == {"id", "type", "timestamp", "data"}
    assert event["type"] == "ticket.closed"
    assert event["timestamp"].endswith("Z")
    assert event["data"] == {"ticket": ticket.reference, "person": amina.pk, "maison": "P84"}


def test_pages_follow_each_other_and_say_the_same_again(reader, happen):
    happen("ticket.received", "ticket.closed", "ticket.reopened")
    first = reader.get("events/", limit=2)
    assert (told(first), first.json()["more"]) == (["ticket.received", "ticket.closed"], True)
    second = reader.get("events/", after=first.json()["after"], limit=2)
    assert (told(second), second.json()["more"]) == (["ticket.reopened"], False)
    assert told(reader.get("events/")) == [*told(first), *told(second)]
    assert reader.get("events/", after=first.json()["after"], limit=2).json() == second.json()


def test_after_goes_into_the_next_call_also_when_nothing_came(reader, happen):
    empty = reader.get("events/").json()
    assert empty == {"results": [], "after": "0", "more": False}
    happen("ticket.closed")
    after = reader.get("events/", after=empty["after"]).json()["after"]
    assert reader.get("events/", after=after).json() == {"results": [], "after": after, "more": False}
    happen("ticket.reopened")
    assert told(reader.get("events/", after=after)) == ["ticket.reopened"]


def test_an_id_is_a_cursor_too(reader, happen):
    happen("ticket.received", "ticket.closed")
    first = reader.get("events/", limit=1).json()["results"][0]
    assert told(reader.get("events/", after=first["id"])) == ["ticket.closed"]


def test_A01_what_another_maison_has_is_not_told(program, happen, lyon_8, villeurbanne):
    happen("ticket.received", maison=villeurbanne.pk)
    happen("ticket.closed", maison=lyon_8.pk)
    happen("ticket.reopened")
    here = program("events:read", maisons=[lyon_8])
    assert told(here.get("events/")) == ["ticket.closed"]
    assert here.get("events/").json()["after"] == "3"
    assert told(here.get("events/", limit=1)) == ["ticket.closed"]


@pytest.fixture
def merged(make_ticket, lyon_8, villeurbanne, central):
    """Return a ticket of one Maison merged into one of another Maison and another topic."""
    ticket = make_ticket(maison=lyon_8, topic="rsa-demande")
    other = make_ticket(maison=villeurbanne, topic="voirie")
    merge_tickets(merged=ticket, survivor=other, is_two_persons=True, by=central, at=timezone.now())
    return ticket, other


def led_to(answer):
    [event] = [each for each in answer.json()["results"] if each["type"] == "ticket.merged"]
    return event["data"].get("into")


def test_A01_into_names_no_ticket_out_of_the_scope(program, reader, merged, lyon_8, villeurbanne):
    ticket, other = merged
    assert led_to(reader.get("events/")) == other.reference
    assert led_to(program("events:read", maisons=[lyon_8]).get("events/")) is None
    assert led_to(program("events:read", topics=[ticket.topic]).get("events/")) is None
    both = program("events:read", maisons=[lyon_8, villeurbanne])
    assert led_to(both.get("events/")) == other.reference


def test_A03_who_it_is_stays_hidden_without_the_scope(program, reader, happen):
    happen("ticket.closed", person=9, is_sensitive=True)
    assert reader.get("events/").json()["results"][0]["data"]["person"] is None
    all_of_it = program("events:read", "sensitive:read")
    assert all_of_it.get("events/").json()["results"][0]["data"]["person"] == 9


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("after", "99"),
        ("after", "-1"),
        ("after", "x"),
        ("after", f"evt_{'0' * 32}"),
        ("limit", "0"),
        ("limit", "1001"),
        ("limit", "deux"),
        ("type", "ticket.closed"),
        ("fields", "texte"),
    ],
)
def test_W04_another_cursor_or_parameter_is_refused_by_its_name(reader, happen, name, value):
    happen("ticket.closed")
    answer = reader.get("events/", **{name: value})
    assert answer.status_code == 400
    assert [error["parameter"] for error in answer.json()["errors"]] == [name]


def test_a_reader_who_comes_back_too_late_is_told_so(reader, happen, settings):
    happen("ticket.received", "ticket.closed")
    first = reader.get("events/", limit=1).json()["after"]
    DomainEvent.objects.update(at=timezone.now() - timedelta(days=settings.EVENTS_DAYS + 1))
    purge_expired(at=timezone.now())
    happen("ticket.reopened")
    answer = reader.get("events/", after=first)
    assert (answer.status_code, answer.headers["Content-Type"]) == (410, "application/problem+json")
    assert told(reader.get("events/")) == ["ticket.reopened"]


def test_costs_the_same_for_one_as_for_ten(reader, happen, lyon_8, django_assert_max_num_queries):
    reader.get("events/")
    happen(*["ticket.closed"] * 10, maison=lyon_8.pk)
    reader.get("events/")
    with django_assert_max_num_queries(6):
        reader.get("events/")
