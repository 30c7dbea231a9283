"""A request brought by a program: stored first, one ticket whatever the number of tries, nothing dropped."""

import json
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from channels_app.intake import services as intake
from channels_app.intake.models import Arrival
from requests_app.api.idempotency import purge_answers
from requests_app.api.models import StoredAnswer
from requests_app.lib.failpoints import POINTS
from requests_app.outbox.models import Outgoing
from requests_app.people.models import Person
from requests_app.tickets.models import Ticket
from tests import factories
from tests.requests_app.api.test_doors import problem

pytestmark = pytest.mark.django_db

WHOLE = {
    "text": "Un nid-de-poule dangereux devant l’école.",
    "subject": "Nid-de-poule",
    "topic": "voirie",
    "maison": "P84",
    "address": "12 rue Paul Bert",
    "insee": "69383",
    "postal_code": "69003",
    "language": "fr",
    "occurred_at": "2026-11-02T09:30:00+01:00",
    "external_id": "SIG-2026-77",
    "person": {
        "given_name": "Amina",
        "family_name": "Benali",
        "phones": ["06 39 98 12 34"],
        "mails": ["Amina@Exemple.fr", "amina.pro@exemple.fr"],
        "language": "fr",
    },
}


@pytest.fixture
def ours(program):
    return program("tickets:write", "sensitive:read")


class TestCreate:
    def test_each_member_is_there_afterwards(self, ours):
        answer = ours.post("tickets/", WHOLE)
        assert answer.status_code == 201, answer.content
        shown = answer.json()
        assert answer.headers["Location"].endswith(f"/api/v1/tickets/{shown['reference']}/")
        kept = {name: shown[name] for name in ("subject", "topic", "maison", "language", "external_id")}
        assert kept == {name: WHOLE[name] for name in kept}
        assert shown["created_at"] == "2026-11-02T08:30:00Z"
        assert shown["channel"] == "partner"
        person = shown["person"]
        assert (person["given_name"], person["family_name"]) == ("Amina", "Benali")
        assert person["phones"] == ["+33639981234"]
        assert person["mails"] == ["amina@exemple.fr", "amina.pro@exemple.fr"]
        assert ours.get(f"tickets/{shown['reference']}/").json() == shown
        assert Outgoing.objects.get().recipient == "amina@exemple.fr"

    def test_text_alone_is_enough(self, ours):
        answer = ours.post("tickets/", {"text": "Bonjour"})
        assert answer.status_code == 201
        assert answer.json()["person"] is None
        arrival = Arrival.objects.get()
        assert (arrival.channel, arrival.state) == ("partner", "heard")

    def test_somebody_known_is_recognised_and_not_changed(self, ours):
        known = factories.person(given_name="Amina", family_name="Benali", phone="+33639981234")
        body = {"text": "Encore moi", "person": {"phones": ["0639981234", "0639981235"]}}
        shown = ours.post("tickets/", body).json()
        assert shown["person"]["id"] == known.pk
        assert shown["person"]["phones"] == ["+33639981234"]
        remarks = Ticket.objects.get(reference=shown["reference"]).touchpoints.first().remarks
        assert any("06 39 98 12 35" in remark.replace("\xa0", " ") for remark in remarks)

    def test_first_words_again_are_one_person(self, ours):
        body = {"text": "Bonjour à tous", "person": {"given_name": "Léa", "mails": ["lea@exemple.fr"]}}
        ours.post("tickets/", body)
        ours.post("tickets/", {**body, "text": "Autre chose"})
        assert Person.objects.count() == 1
        assert Ticket.objects.count() == 2

    def test_a_key_of_one_maison_brings_to_it(self, program, villeurbanne):
        theirs = program("tickets:write", maisons=[villeurbanne])
        shown = theirs.post("tickets/", {"text": "Bonjour", "topic": "accueil-premier"}).json()
        assert shown["maison"] == "P108"

    def test_when_hearing_waits_it_says_where_to_look(self, ours, program, monkeypatch):
        def away(**_asked):
            raise OperationalError

        monkeypatch.setattr("channels_app.intake.services.immediate.process", away)
        answer = ours.post("tickets/", {"text": "Bonjour"})
        assert answer.status_code == 202
        place = answer.headers["Location"]
        assert place.endswith(f"/api/v1/arrivals/{answer.json()['id']}/")
        assert answer.json() == {"id": Arrival.objects.get().pk, "state": "pending", "ticket": None}
        intake.sweep(at=timezone.now() + timedelta(minutes=1))
        told = ours.client.get(place, headers=ours.headers).json()
        assert (told["state"], told["ticket"]) == ("heard", Ticket.objects.get().reference)
        other = program("tickets:read")
        assert other.client.get(place, headers=other.headers).status_code == 404


class TestOnce:
    def test_the_same_key_and_body_give_the_same_answer(self, ours):
        key = {"Idempotency-Key": "a-1"}
        first, again = (ours.post("tickets/", WHOLE, headers=key) for _each in range(2))
        assert again.json() == first.json()
        assert (again.status_code, again.headers["Location"]) == (201, first.headers["Location"])
        assert again.headers["Idempotency-Replayed"] == "true"
        assert Ticket.objects.count() == 1

    def test_another_body_under_the_same_key_is_refused(self, ours):
        ours.post("tickets/", {"text": "Un"}, headers={"Idempotency-Key": "a-1"})
        other = ours.post("tickets/", {"text": "Deux"}, headers={"Idempotency-Key": "a-1"})
        problem(other, 422, "idempotency-key-reused")
        assert Ticket.objects.count() == 1

    def test_the_key_counts_within_one_api_key(self, ours, program):
        key = {"Idempotency-Key": "a-1"}
        ours.post("tickets/", {"text": "Un"}, headers=key)
        assert program("tickets:write").post("tickets/", {"text": "Deux"}, headers=key).status_code == 201

    def test_an_answer_is_kept_for_two_days(self, ours):
        ours.post("tickets/", {"text": "Un"}, headers={"Idempotency-Key": "a-1"})
        now = timezone.now()
        assert purge_answers(at=now + timedelta(hours=47)) == 0
        assert purge_answers(at=now + timedelta(hours=49)) == 1
        assert not StoredAnswer.objects.exists()

    @pytest.mark.parametrize("written", ["", "é", "x" * 256, '""'])
    def test_a_wrong_key_is_refused(self, ours, written):
        told = problem(
            ours.post("tickets/", {"text": "Un"}, headers={"Idempotency-Key": written}),
            400,
            "invalid-request",
        )
        assert told["errors"][0]["header"] == "Idempotency-Key"
        assert not Arrival.objects.exists()

    def test_a_refusal_is_not_kept(self, ours):
        key = {"Idempotency-Key": "a-1"}
        assert ours.post("tickets/", {"texte": "Un"}, headers=key).status_code == 400
        assert ours.post("tickets/", {"text": "Un"}, headers=key).status_code == 201

    def test_a_number_of_the_program_is_one_ticket(self, ours):
        body = {"text": "Un", "external_id": "P-1"}
        first = ours.post("tickets/", body).json()
        assert ours.post("tickets/", body).json()["reference"] == first["reference"]
        told = problem(ours.post("tickets/", {**body, "text": "Deux"}), 409, "conflict")
        assert told["ticket"] == first["reference"]
        assert Ticket.objects.count() == 1

    def test_two_numbers_with_the_same_words_are_two_tickets(self, ours):
        person = {"mails": ["amina@exemple.fr"]}
        for number in ("P-1", "P-2"):
            ours.post("tickets/", {"text": "Lampadaire en panne", "external_id": number, "person": person})
        assert Ticket.objects.count() == 2

    def test_a_server_that_died_once_stored_makes_one_ticket(self, ours, monkeypatch):
        """The arrival is committed, its ticket and answer are not: the next try finishes it."""
        assert "partner.after_store" in POINTS

        class Killed(BaseException):
            pass

        def die(*_args, **_named):
            raise Killed

        key = {"Idempotency-Key": "a-1"}
        with monkeypatch.context() as patch:
            patch.setattr("requests_app.api.tickets.creating.show_again", die)
            with pytest.raises(Killed):
                ours.post("tickets/", WHOLE, headers=key)
        assert not StoredAnswer.objects.exists()
        assert ours.post("tickets/", WHOLE, headers=key).status_code == 201
        assert (Ticket.objects.count(), Arrival.objects.count()) == (1, 1)


class TestBadInput:
    @pytest.mark.parametrize(
        ("change", "pointer"),
        [
            ({"text": ""}, "#/text"),
            ({"text": None}, "#/text"),
            ({"text": " \u200b\u2060"}, "#/text"),
            ({"subject": "\u200d"}, "#/subject"),
            ({"text": 12}, "#/text"),
            ({"text": "a\u0000b"}, "#/text"),
            ({"text": "x" * 20_001}, "#/text"),
            ({"texte": "Bonjour"}, "#/texte"),
            ({"state": "closed"}, "#/state"),
            ({"a/b~c d": 1}, "#/a~1b~0c%20d"),
            ({"topic": "nulle-part"}, "#/topic"),
            ({"maison": "P0"}, "#/maison"),
            ({"insee": "6938"}, "#/insee"),
            ({"postal_code": "6900A"}, "#/postal_code"),
            ({"language": "français"}, "#/language"),
            ({"occurred_at": "hier"}, "#/occurred_at"),
            ({"occurred_at": "2026-11-02T09:30:00"}, "#/occurred_at"),
            ({"occurred_at": "2999-01-01T00:00:00Z"}, "#/occurred_at"),
            ({"external_id": "x" * 101}, "#/external_id"),
            ({"person": "Amina"}, "#/person"),
            ({"person": {"name": "Amina"}}, "#/person/name"),
            ({"person": {"phones": ["12"]}}, "#/person/phones/0"),
            ({"person": {"phones": ["0639981234", "x"]}}, "#/person/phones/1"),
            ({"person": {"mails": ["amina"]}}, "#/person/mails/0"),
            ({"person": {"mails": "a@b.fr"}}, "#/person/mails"),
            ({"person": {"given_name": ["A"]}}, "#/person/given_name"),
        ],
    )
    def test_it_is_named_and_nothing_is_stored(self, ours, change, pointer):
        told = problem(ours.post("tickets/", {"text": "Bonjour", **change}), 400, "invalid-request")
        assert {each["pointer"] for each in told["errors"]} == {pointer}
        assert told["errors"][0]["detail"]
        assert not Arrival.objects.exists()

    @pytest.mark.parametrize(
        "raw",
        [
            *(b"", b"[]", b'"x"', b"{", b'{"text": NaN}', b'{"text": "a", "text": "b"}', b'{"text": "\xe9"}'),
            *(b'{"text": "a", "\\ud83d": 1}', b'{"text": "a", "person": {"\\udc00": "a"}}'),
            b'{"text": "\\ud800"}',
        ],
    )
    def test_what_is_no_json_object_is_refused(self, ours, raw):
        problem(ours.post("tickets/", raw), 400, "invalid-request")
        assert not Arrival.objects.exists()

    @pytest.mark.parametrize(
        ("change", "shown"),
        [
            ({"language": "fr-FR"}, "comme fr."),
            ({"insee": "Lyon"}, "comme 69388."),
            ({"postal_code": "69 008"}, "comme 69008."),
            ({"occurred_at": "25/10/2026 02:30"}, "comme 2026-11-30T09:00:00Z."),
            ({"occurred_at": "2026-10-25"}, "comme 2026-11-30T09:00:00Z."),
            ({"external_id": 77}, "Écrivez un texte, entre guillemets."),
        ],
    )
    def test_the_refusal_says_what_to_write(self, ours, change, shown):
        told = problem(ours.post("tickets/", {"text": "Bonjour", **change}), 400, "invalid-request")
        assert told["errors"][-1]["detail"].endswith(shown)
        assert told["detail"] == "Corrigez ce que « errors » désigne, puis renvoyez."

    def test_another_format_is_refused(self, ours):
        answer = ours.client.post("/api/v1/tickets/", {"text": "x"}, headers=ours.headers)
        problem(answer, 415, "unsupported-format")

    def test_a_parameter_beside_the_body_is_refused(self, ours):
        told = problem(ours.post("/api/v1/tickets/?dry_run=1", {"text": "x"}), 400, "invalid-request")
        assert told["errors"][0]["parameter"] == "dry_run"

    def test_topics_of_the_key_only(self, program):
        theirs = program("tickets:write", topics=[factories.topic("voirie"), factories.topic("velo")])
        problem(theirs.post("tickets/", {"text": "x", "topic": "rsa-demande"}), 400, "invalid-request")
        problem(theirs.post("tickets/", {"text": "x"}), 400, "invalid-request")
        assert theirs.post("tickets/", {"text": "x", "topic": "velo"}).json()["topic"] == "velo"

    def test_english_is_spoken_to_who_asks(self, ours):
        answer = ours.post("tickets/", {"texte": "x"}, headers={"Accept-Language": "en-GB"})
        told = {each["pointer"]: each["detail"] for each in answer.json()["errors"]}
        assert told["#/texte"] == "This field does not exist, or cannot be written."
        assert told["#/text"] == "This field is required."


def test_what_agents_read_is_french_whatever_the_program_speaks(ours):
    shown = ours.post("tickets/", {"text": "Bonjour"}, headers={"Accept-Language": "en"}).json()
    facts = Ticket.objects.get(reference=shown["reference"]).touchpoints.first().facts
    assert "Apportée par « Portail »." in json.dumps(facts, ensure_ascii=False)


def test_W09_the_words_of_somebody_elsewhere_tell_a_program_nothing_of_their_ticket(
    program, lyon_8, villeurbanne
):
    amina = factories.person(email="amina@exemple.fr")
    theirs = factories.ticket(person=amina, maison=lyon_8, text=WHOLE["text"])
    person = {"mails": ["amina@exemple.fr"]}
    elsewhere = program("tickets:write", maisons=[villeurbanne])
    answer = elsewhere.post("tickets/", {"text": WHOLE["text"], "person": person})
    assert theirs.reference not in answer.content.decode()
    assert (answer.status_code, Ticket.objects.count()) == (202, 1)
    again = elsewhere.get(f"arrivals/{answer.json()['id']}/")
    assert again.json() == {"id": answer.json()["id"], "state": "heard", "ticket": None}
