"""Calls made to hurt (threats: W03, F11): refused in the shape of every refusal, soon, and without effect."""

import time

import pytest

from channels_app.intake.models import Arrival
from requests_app.tickets.models import Ticket
from tests.requests_app.api.test_doors import problem

pytestmark = pytest.mark.django_db

SOON_S = 2.0


@pytest.fixture
def ours(program):
    return program("tickets:write", "subscriptions:write", "maisons:read", "topics:read")


def members(count):
    return ",".join(f'"{number}":0' for number in range(count))


@pytest.mark.parametrize("path", ["maisons/%00/", "topics/a%00b/", "tickets/LYN-7K4P2%00/", "%00/"])
def test_W03_nul_in_an_address_leads_nowhere(ours, path):
    assert problem(ours.get(path), 404, "not-found")


@pytest.mark.parametrize(
    "body",
    [
        b'{"text": "Un banc \\ud83d"}',
        b'{"\\uD800": "Un banc"}',
        b'{"text": "Un banc", "person": {"\\udfff": 1}}',
        b'{"text": ["\\udead"]}',
    ],
)
def test_W03_half_a_character_is_refused_wherever_it_stands(ours, body):
    shown = problem(ours.post("tickets/", body), 400, "invalid-request")
    assert [each["pointer"] for each in shown["errors"]] == ["#"]
    assert not Arrival.objects.exists()


def test_W03_a_whole_character_in_two_escapes_is_read(ours):
    assert ours.post("tickets/", b'{"text": "Un banc \\ud83e\\ude91"}').status_code == 201
    assert Ticket.objects.get().touchpoints.first().text == "Un banc 🪑"


def test_W03_a_name_written_twice_is_named_even_by_half_a_character(ours):
    shown = problem(ours.post("tickets/", b'{"\\ud800": 1, "\\ud800": 2}'), 400, "invalid-request")
    assert "\ud800" in shown["errors"][0]["detail"]


class TestLong:
    """Two megabytes of anything cost no more than their reading."""

    def test_F11_a_name_written_twice_after_a_hundred_thousand(self, ours):
        began = time.monotonic()
        body = f'{{{members(100_000)},"x":1,"x":2}}'.encode()
        problem(ours.post("tickets/", body), 400, "invalid-request")
        assert time.monotonic() - began < SOON_S

    def test_F11_unknown_names_are_told_up_to_fifty(self, ours):
        answer = ours.post("tickets/", f"{{{members(50_000)}}}".encode())
        errors = problem(answer, 400, "invalid-request")["errors"]
        assert {"pointer": "#/49", "detail": "Ce champ n’existe pas ou ne s’écrit pas."} in errors
        assert len(answer.content) < 10_000

    @pytest.mark.parametrize("member", ["phones", "mails"])
    def test_F11_a_list_too_long_is_refused_unread(self, ours, member):
        body = {"text": "Un banc", "person": {member: ["1"] * 100_000}}
        answer = ours.post("tickets/", body)
        shown = problem(answer, 400, "invalid-request")
        assert [each["pointer"] for each in shown["errors"]] == [f"#/person/{member}"]

    def test_F11_a_subscription_to_a_hundred_thousand_types(self, ours):
        body = {"name": "a", "url": "https://198.51.100.1/", "contact": "a@b.fr", "types": ["x"] * 100_000}
        shown = problem(ours.post("subscriptions/", body), 400, "invalid-request")
        assert "#/types" in {each["pointer"] for each in shown["errors"]}


def test_what_is_stored_is_no_longer_than_what_was_checked(ours):
    """Spaces around a value are cut before its length is checked; they are not stored either."""
    body = {
        "text": "Un banc cassé",
        "subject": f"{' ' * 400}Banc",
        "external_id": f"B1{' ' * 200}",
        "person": {"given_name": f"{' ' * 300}Amina", "phones": [f"06 39 98 12 34{' ' * 20}"]},
    }
    shown = ours.post("tickets/", body).json()
    assert (shown["subject"], shown["external_id"]) == ("Banc", "B1")
    assert shown["person"]["given_name"] == "Amina"
    assert ours.post("tickets/", {**body, "external_id": "B1"}).json()["reference"] == shown["reference"]


class TestIdempotencyKey:
    """A key that served for another request: what is refused leaves nothing that becomes a ticket later."""

    def test_I3_for_a_ticket_under_another_number(self, ours):
        ours.post("tickets/", {"text": "Un banc cassé"}, {"Idempotency-Key": "k1"})
        other = {"text": "Un lampadaire éteint", "external_id": "SIG-2"}
        problem(ours.post("tickets/", other, {"Idempotency-Key": "k1"}), 422, "idempotency-key-reused")
        assert Arrival.objects.count() == 1

    def test_I3_for_another_action(self, ours):
        reference = ours.post("tickets/", {"text": "Un banc cassé"}).json()["reference"]
        note = ours.post(f"tickets/{reference}/notes/", {"text": "Vu sur place"}, {"Idempotency-Key": "k2"})
        assert note.status_code == 201
        said = {"text": "Il est réparé", "direction": "in"}
        for path, body in (
            ("tickets/", {"text": "Un arbre tombé"}),
            (f"tickets/{reference}/messages/", said),
        ):
            problem(ours.post(path, body, {"Idempotency-Key": "k2"}), 422, "idempotency-key-reused")
        assert Arrival.objects.count() == 1
