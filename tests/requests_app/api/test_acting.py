"""What a program does to a ticket: the actions of the pages, with their refusals and their history."""

import pytest
from django.utils import timezone

from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import Event, Ticket
from tests import factories
from tests.requests_app.api.test_doors import problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours(program):
    return program("tickets:write", name="Métier voirie")


@pytest.fixture
def ticket(lyon_8):
    person = factories.person(given_name="Amina", family_name="Benali", email="amina@exemple.fr")
    return factories.ticket(person=person, topic="voirie", state="open")


def at(ticket, verb):
    return f"tickets/{ticket.reference}/{verb}/"


def last_event(ticket):
    return Event.objects.filter(ticket=ticket).order_by("-pk").first()


class TestVerbs:
    def test_assign(self, ours, ticket, chloe):
        answer = ours.post(at(ticket, "assign"), {"user": "chloe"})
        assert answer.status_code == 200, answer.content
        ticket.refresh_from_db()
        assert ticket.assignee == chloe
        event = last_event(ticket)
        assert (event.kind, event.by.full_name) == ("assigned", "Métier voirie")

    def test_assign_refuses_who_may_not_follow_it(self, ours, ticket, elsa):
        problem(ours.post(at(ticket, "assign"), {"user": "elsa"}), 403, "not-allowed")
        told = problem(ours.post(at(ticket, "assign"), {"user": "nobody"}), 400, "invalid-request")
        assert told["errors"][0]["pointer"] == "#/user"
        program_account = ours.key.account.username
        problem(ours.post(at(ticket, "assign"), {"user": program_account}), 400, "invalid-request")

    def test_route(self, ours, ticket):
        answer = ours.post(at(ticket, "route"), {"maison": "P108", "reason": "Elle habite là"})
        assert answer.json()["maison"] == "P108"
        assert last_event(ticket).data["reason"] == "Elle habite là"
        told = problem(
            ours.post(at(ticket, "route"), {"maison": "P0", "reason": "x"}), 400, "invalid-request"
        )
        assert told["errors"][0]["pointer"] == "#/maison"

    @pytest.mark.parametrize("outcome", ["answered", "oriented", "transferred", "withdrawn", "duplicate"])
    def test_close_then_reopen(self, ours, ticket, outcome):
        closed = ours.post(at(ticket, "close"), {"outcome": outcome, "reason": "Fait sur place"}).json()
        assert (closed["state"], closed["outcome"]) == ("closed", outcome)
        again = ours.post(at(ticket, "reopen"), {"reason": "Pas fini"}).json()
        assert (again["state"], again["outcome"]) == ("open", None)

    def test_a_refusal_is_written_to_the_person(self, ours, ticket):
        reason = "La voie est privée : la Métropole ne peut pas la réparer."
        answer = ours.post(at(ticket, "close"), {"outcome": "refused", "reason": reason})
        assert (answer.status_code, answer.json()["outcome"]) == (200, "refused")
        sent = Outgoing.objects.get(kind="answer")
        assert reason in sent.payload["text"]
        assert sent.recipient == "amina@exemple.fr"

    def test_what_the_state_does_not_allow_is_a_conflict_in_the_language_asked_for(self, ours, ticket):
        ours.post(at(ticket, "close"), {"outcome": "answered"})
        french = problem(ours.post(at(ticket, "close"), {"outcome": "answered"}), 409, "conflict")
        assert french["detail"] == "Cette demande est déjà terminée."
        english = ours.post(at(ticket, "close"), {"outcome": "answered"}, headers={"Accept-Language": "en"})
        assert english.json()["detail"] == "This request has already ended."
        unknown = problem(ours.post(at(ticket, "close"), {"outcome": "fini"}), 400, "invalid-request")
        assert unknown["errors"][0]["pointer"] == "#/outcome"
        problem(ours.post(at(ticket, "reopen"), {}), 400, "invalid-request")

    @pytest.mark.parametrize(
        ("verb", "body", "told"),
        [
            ("assign", {"user": "elsa"}, "Elsa Garnier cannot follow this request."),
            ("assign", {"user": "nobody"}, "No agent who works here has this username."),
            ("route", {"maison": "P0", "reason": "x"}, "No Maison has this code."),
            ("close", {"outcome": "fini"}, "Write one of these values: answered, refused,"),
            ("messages", {"text": "Le [à compléter : jour]."}, "Complete your answer before sending it"),
        ],
    )
    def test_every_refusal_speaks_the_language_asked_for(self, ours, ticket, elsa, verb, body, told):
        answer = ours.post(at(ticket, verb), body, headers={"Accept-Language": "en"}).json()
        sentences = [answer["detail"], *(each["detail"] for each in answer.get("errors", ()))]
        assert [each for each in sentences if each.startswith(told)], sentences

    def test_once_for_an_idempotency_key(self, ours, ticket):
        key = {"Idempotency-Key": "close-1"}
        first = ours.post(at(ticket, "close"), {"outcome": "answered"}, headers=key)
        again = ours.post(at(ticket, "close"), {"outcome": "answered"}, headers=key)
        assert (again.status_code, again.json()) == (200, first.json())
        assert Event.objects.filter(ticket=ticket, kind="closed").count() == 1
        other = ours.post(at(ticket, "reopen"), {"reason": "x"}, headers=key)
        problem(other, 422, "idempotency-key-reused")

    def test_A03_a_reserved_ticket_is_acted_on_with_its_scope_only(self, ours, program, ticket):
        Ticket.objects.filter(pk=ticket.pk).update(is_sensitive=True)
        told = problem(ours.post(at(ticket, "close"), {"outcome": "answered"}), 403, "missing-scope")
        assert told["scope"] == "sensitive:read"
        reader = program("tickets:write", "sensitive:read")
        assert reader.post(at(ticket, "close"), {"outcome": "answered"}).status_code == 200


class TestWords:
    def test_an_answer_leaves_and_is_listed(self, ours, ticket):
        written = ours.post(at(ticket, "messages"), {"text": "C’est réparé."})
        assert written.status_code == 201, written.content
        told = written.json()
        assert (told["direction"], told["reply_text"]) == ("out", "C’est réparé.")
        sent = Outgoing.objects.get(kind="answer")
        assert (sent.recipient, "Métier voirie" in sent.payload["text"]) == ("amina@exemple.fr", True)
        listed = ours.get(at(ticket, "messages")).json()["results"]
        assert [each["direction"] for each in listed] == ["in", "out"]
        assert listed[1] == told
        assert Ticket.objects.get(pk=ticket.pk).first_answered_at

    def test_once_for_an_idempotency_key(self, ours, ticket):
        key = {"Idempotency-Key": "m-1"}
        first, again = (ours.post(at(ticket, "messages"), {"text": "Bonjour"}, headers=key) for _ in "ab")
        assert again.json() == first.json()
        assert Outgoing.objects.filter(kind="answer").count() == 1

    def test_words_said_elsewhere_join_the_ticket(self, ours, ticket):
        told = ours.post(at(ticket, "messages"), {"text": "Merci bien", "direction": "in"})
        assert told.status_code == 201, told.content
        assert (told.json()["direction"], told.json()["channel"]) == ("in", "partner")
        assert Ticket.objects.count() == 1
        assert ticket.touchpoints.order_by("pk").last().text == "Merci bien"

    def test_nobody_to_answer_is_a_conflict(self, ours):
        alone = factories.ticket(channel="phone", sender="", text=None)
        problem(ours.post(at(alone, "messages"), {"text": "Bonjour"}), 409, "conflict")

    def test_notes(self, ours, ticket, chloe):
        written = ours.post(at(ticket, "notes"), {"text": "Vu sur place"})
        assert written.status_code == 201
        assert written.json()["author"] == "Métier voirie"
        assert ours.get(at(ticket, "notes")).json()["results"] == [written.json()]
        problem(ours.post(at(ticket, "notes"), {"text": "  "}), 400, "invalid-request")

    def test_messages_are_paged_oldest_first(self, ours, ticket):
        now = timezone.now()
        for rank in range(5):
            factories.touchpoint(ticket, text=f"Mot {rank}", at=now)
        first = ours.get(at(ticket, "messages"), page_size="2").json()
        second = ours.client.get(first["next"], headers=ours.headers).json()
        assert [each["text"] for each in second["results"]] == ["Mot 1", "Mot 2"]
        back = ours.client.get(second["previous"], headers=ours.headers).json()
        assert back["results"] == first["results"]
