"""Tickets listed and read: the words of show_ticket, and null where row A03 hides."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from requests_app.access.models import Reading
from requests_app.answers.plain import find_ticket, ticket_as_plain
from requests_app.tickets.models import Participant, TicketLink
from requests_app.tickets.services import add_note
from tests import factories
from tests.requests_app.api.test_doors import problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole(lyon_8):
    """A ticket with all that hangs on one."""
    person = factories.person(given_name="Amina", family_name="Benali", email="amina@exemple.fr")
    ticket = factories.ticket(person=person, topic="rsa-demande", external_id="P-1")
    other = factories.ticket()
    TicketLink.objects.create(
        from_ticket=ticket, to_ticket=other, kind=TicketLink.Kind.SAME_MESSAGE, created_at=timezone.now()
    )
    Participant.objects.create(
        ticket=ticket, address="aide@exemple.fr", name="Aide", role="helper", added_at=timezone.now()
    )
    return ticket


def test_it_says_what_show_ticket_says(program, whole):
    shown = program("tickets:read", "sensitive:read").get(f"tickets/{whole.reference}/").json()
    told = ticket_as_plain(find_ticket(whole.reference), on=timezone.localdate())
    del told["messages"]
    assert shown["person"].pop("id") == whole.person_id
    assert {name: shown[name] for name in told} == told
    assert (shown["subject"], shown["external_id"]) == ("Ma demande", "P-1")
    assert shown["created_at"] == whole.received_at.isoformat().replace("+00:00", "Z")
    assert Reading.objects.filter(subject_id=whole.pk, was_refused=False).count() == 1


def test_a_list_says_the_same(program, whole):
    ours = program("tickets:read", "sensitive:read")
    alone = ours.get(f"tickets/{whole.reference}/").json()
    del alone["reply_to"]
    assert alone in ours.get("tickets/").json()["results"]


class TestReserved:
    @pytest.fixture
    def reserved(self, whole):
        whole.topic, whole.is_sensitive = factories.topic("adulte-vulnerable"), True
        whole.save()
        return whole

    SHOWN = {"reference", "state", "maison", "shared_with", "created_at", "updated_at"}

    def test_A03_what_it_hides_is_null(self, program, reserved):
        ours = program("tickets:read")
        shown = ours.get(f"tickets/{reserved.reference}/").json()
        assert {name for name, value in shown.items() if value is not None} == self.SHOWN
        rows = {each["reference"]: each for each in ours.get("tickets/").json()["results"]}
        row = rows[reserved.reference]
        assert {name for name, value in row.items() if value is not None} == self.SHOWN

    def test_A03_its_scope_shows_it(self, program, reserved):
        shown = program("tickets:read", "sensitive:read").get(f"tickets/{reserved.reference}/").json()
        assert shown["topic"] == "adulte-vulnerable"
        assert shown["person"]["name"] == "Amina Benali"

    @pytest.mark.parametrize(
        ("name", "value"), [("topic", "adulte-vulnerable"), ("channel", "mail"), ("external_id", "P-1")]
    )
    def test_A02_no_filter_tells_what_is_hidden(self, program, reserved, name, value):
        found = program("tickets:read").get("tickets/", **{name: value}).json()["results"]
        assert reserved.reference not in {each["reference"] for each in found}
        found = program("tickets:read", "sensitive:read").get("tickets/", **{name: value}).json()["results"]
        assert reserved.reference in {each["reference"] for each in found}


@pytest.mark.parametrize(
    ("query", "is_found"),
    [({"state": "to_sort"}, True), ({"state": "closed"}, False), ({"maison": "P84"}, True),
     ({"maison": "P108"}, False), ({"external_id": "P-1"}, True), ({"external_id": "P-2"}, False),
     ({"topic": "rsa-demande"}, True), ({"channel": "sms"}, False)],
)  # fmt: skip
def test_filters_keep_what_they_name(program, whole, query, is_found):
    found = program("tickets:read").get("tickets/", **query).json()["results"]
    assert (whole.reference in {each["reference"] for each in found}) is is_found


def test_instants_bound_the_list(program):
    now = timezone.now()
    old, new = (factories.ticket(received_at=now - timedelta(days=days)) for days in (9, 1))
    ours, edge = program("tickets:read"), (now - timedelta(days=5)).isoformat()
    after = ours.get("tickets/", created_after=edge).json()["results"]
    before = ours.get("tickets/", created_before=edge).json()["results"]
    assert [each["reference"] for each in after] == [new.reference]
    assert [each["reference"] for each in before] == [old.reference]


class TestOutOfScope:
    """A key limited to Maisons or topics: tickets out of it are named by none of those within it."""

    @pytest.fixture
    def joined(self, whole, villeurbanne):
        """One ticket linked to, and merged into, one of another Maison and another topic."""
        other = factories.ticket(maison=villeurbanne, topic="voirie")
        TicketLink.objects.create(
            from_ticket=other, to_ticket=whole, kind=TicketLink.Kind.SAME_MESSAGE, created_at=timezone.now()
        )
        whole.merged_into = other
        whole.save()
        return other

    def shown(self, ours, whole):
        alone = ours.get(f"tickets/{whole.reference}/").json()
        rows = {each["reference"]: each for each in ours.get("tickets/").json()["results"]}
        row = rows[whole.reference]
        assert (row["merged_into"], row["links"]) == (alone["merged_into"], alone["links"])
        return row["merged_into"], row["links"]

    def test_A01_neither_a_link_nor_a_merge_names_one(self, program, whole, joined, lyon_8):
        near = TicketLink.objects.get(from_ticket=whole).to_ticket.reference
        here = program("tickets:read", maisons=[lyon_8])
        assert self.shown(here, whole) == (None, [near])
        of_topic = program("tickets:read", topics=[whole.topic])
        assert self.shown(of_topic, whole) == (None, [])

    def test_those_within_it_are_named(self, program, whole, joined, lyon_8, villeurbanne):
        near = TicketLink.objects.get(from_ticket=whole).to_ticket.reference
        both = program("tickets:read", maisons=[lyon_8, villeurbanne])
        for ours in (both, program("tickets:read")):
            assert self.shown(ours, whole) == (joined.reference, sorted([near, joined.reference]))


def test_a_list_costs_the_same_for_one_ticket_as_for_ten(program, whole):
    ours = program("tickets:read")
    ours.get("tickets/")
    with CaptureQueriesContext(connection) as one:
        ours.get("tickets/")
    for rank in range(9):
        factories.ticket(person=factories.person(given_name="Léa", phone=f"+3363998100{rank}"))
    with CaptureQueriesContext(connection) as ten:
        assert len(ours.get("tickets/").json()["results"]) == 11
    assert len(ten) == len(one) == 8


@pytest.mark.parametrize(
    ("fields", "statements"),
    [("reference,state", 3), ("links", 4), ("participants", 5), ("person,maison", 5)],
)
def test_what_is_not_asked_for_is_not_read(program, whole, fields, statements):
    ours = program("tickets:read")
    shown = ours.get("tickets/").json()["results"]
    with CaptureQueriesContext(connection) as seen:
        picked = ours.get("tickets/", fields=fields).json()["results"]
    assert picked == [{name: row[name] for name in fields.split(",")} for row in shown]
    assert len(seen) == statements


def test_what_was_said_or_done_since_changes_the_instant_and_the_etag(program, whole, chloe):
    ours = program("tickets:read")
    before = ours.get(f"tickets/{whole.reference}/")
    at = timezone.now() + timedelta(minutes=5)
    add_note(ticket=whole, text="À rappeler", by=chloe, at=at)
    after = ours.get(f"tickets/{whole.reference}/", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert after.json()["updated_at"] == at.isoformat().replace("+00:00", "Z")


@pytest.mark.parametrize(
    "wrong",
    [{"topic": "sujet-inconnu"}, {"channel": "pigeon"}, {"maison": "P0"}, {"maison": "P0", "channel": "fax"}],
)
def test_a_filter_by_a_code_that_does_not_exist_is_refused_by_its_name(program, whole, wrong):
    answer = problem(program("tickets:read").get("tickets/", state="open", **wrong), 400, "invalid-request")
    assert [each["parameter"] for each in answer["errors"]] == list(wrong)


def test_A02_a_code_outside_the_key_is_one_that_does_not_exist(program, lyon_8, villeurbanne):
    ours = program("tickets:read", "appointments:read", maisons=[lyon_8], topics=[factories.topic("voirie")])
    for path in ("tickets/", "appointments/"):
        theirs, never = (ours.get(path, maison=code) for code in (villeurbanne.code, "P0"))
        assert (theirs.status_code, theirs.json()["errors"]) == (400, never.json()["errors"])
        assert ours.get(path, maison=lyon_8.code).status_code == 200
    theirs, never = (ours.get("tickets/", topic=code).json() for code in ("rsa-demande", "sujet-inconnu"))
    assert theirs["errors"] == never["errors"]
    assert ours.get("tickets/", topic="voirie").status_code == 200
