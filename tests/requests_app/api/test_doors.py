"""Who enters: the key first, then its scope, then its Maisons; each refusal says what is missing."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from requests_app.access.models import Reading
from requests_app.api_keys.models import ApiKey, ApiRefusal
from requests_app.api_keys.services import revoke_key, rotate_key
from tests import factories

pytestmark = pytest.mark.django_db


def problem(response, status, slug):
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    told = response.json()
    assert told["status"] == status
    assert told["type"].endswith(f"/api/v1/docs/errors/#{slug}")
    return told


def test_the_root_is_a_problem_too(territory):
    problem(Client().get("/api/v1/"), 404, "not-found")


class TestKey:
    def test_none_is_challenged(self, territory):
        response = Client().get("/api/v1/tickets/")
        problem(response, 401, "invalid-key")
        assert response.headers["WWW-Authenticate"] == "Bearer"

    @pytest.mark.parametrize("given", ["Bearer x", "Basic eDp5", "Bearer", "bearer  ", "Bearer é"])
    def test_an_unknown_one_opens_nothing(self, territory, given):
        response = Client().get("/api/v1/tickets/", headers={"Authorization": given})
        problem(response, 401, "invalid-key")
        assert response.headers["WWW-Authenticate"].startswith("Bearer")

    def test_a_session_opens_nothing(self, client_of, central):
        problem(client_of(central).get("/api/v1/tickets/"), 401, "invalid-key")

    def test_an_expired_one_opens_nothing_and_its_owner_is_told(self, program):
        late = program("tickets:read", expires_at=timezone.now() - timedelta(seconds=1))
        problem(late.get("tickets/"), 401, "invalid-key")
        assert late.key.refusals.get().reason == ApiKey.State.EXPIRED

    def test_a_revoked_one_opens_nothing(self, program, admin):
        ours = program("tickets:read")
        revoke_key(key=ours.key, by=admin, at=timezone.now())
        problem(ours.get("tickets/"), 401, "invalid-key")

    def test_two_secrets_open_while_one_replaces_the_other(self, program):
        ours, now = program("tickets:read"), timezone.now()
        new = rotate_key(key=ours.key, at=now)
        for secret in (ours.secret, new):
            headers = {"Authorization": f"Bearer {secret}"}
            assert Client().get("/api/v1/tickets/", headers=headers).status_code == 200
        newest = rotate_key(key=ours.key, at=now + timedelta(hours=1))
        opens = [
            Client().get("/api/v1/tickets/", headers={"Authorization": f"Bearer {each}"}).status_code
            for each in (ours.secret, newest)
        ]
        assert opens == [200, 200]  # the clock of the call is before that hour
        assert ours.key.secrets.count() == 3
        assert ours.key.secrets.valid(now + timedelta(hours=2)).count() == 2

    def test_its_use_is_written_once_a_minute(self, program):
        ours = program("tickets:read")
        ours.get("tickets/")
        first = ApiKey.objects.get().last_used_at
        ours.get("tickets/")
        assert ApiKey.objects.get().last_used_at == first is not None


class TestScope:
    def test_a_missing_one_is_named_and_noted(self, program):
        ours = program("topics:read")
        told = problem(ours.get("tickets/"), 403, "missing-scope")
        assert told["scope"] == "tickets:read"
        assert "tickets:read" in told["detail"]
        refusal = ours.key.refusals.get()
        assert (refusal.status, refusal.reason, refusal.route) == (403, "tickets:read", "api/v1/tickets/")

    def test_writing_includes_reading(self, program):
        assert program("tickets:write").get("tickets/").status_code == 200

    def test_only_the_last_hundred_refusals_are_kept(self, program):
        ours = program("topics:read")
        for _each in range(103):
            ours.get("tickets/")
        assert ApiRefusal.objects.count() == 100


class TestMaisons:
    def test_A01_outside_them_a_ticket_does_not_exist_and_the_try_is_logged(
        self, program, lyon_8, villeurbanne
    ):
        theirs = factories.ticket(maison=villeurbanne)
        ours = program("tickets:read", maisons=[lyon_8])
        problem(ours.get(f"tickets/{theirs.reference}/"), 404, "not-found")
        line = Reading.objects.get()
        assert (line.user_id, line.subject_id, line.was_refused) == (ours.key.account_id, theirs.pk, True)
        assert ours.get("tickets/").json()["results"] == []

    def test_A01_outside_its_topics_too(self, program):
        road, benefit = factories.ticket(topic="voirie"), factories.ticket(topic="rsa-demande")
        ours = program("tickets:read", topics=[factories.topic("voirie")])
        shown = ours.get("tickets/").json()["results"]
        assert [each["reference"] for each in shown] == [road.reference]
        problem(ours.get(f"tickets/{benefit.reference}/"), 404, "not-found")
        assert [
            each["code"]
            for each in program("topics:read", topics=[factories.topic("voirie")])
            .get("topics/")
            .json()["results"]
        ] == ["voirie"]

    def test_an_archived_ticket_does_not_exist(self, program):
        old = factories.ticket(state="closed", archived_at=timezone.now())
        problem(program("tickets:read").get(f"tickets/{old.reference}/"), 404, "not-found")


class TestLimits:
    def test_beyond_them_it_says_when_to_come_back(self, program, settings):
        settings.API_CALLS_PER_MINUTE = 2
        ours = program("topics:read")
        first, second, third = (ours.get("topics/voirie/") for _each in range(3))
        if {first.status_code, second.status_code, third.status_code} == {200}:
            pytest.skip("the minute has turned")
        assert [first.headers["RateLimit-Remaining"], second.headers["RateLimit-Remaining"]] == ["1", "0"]
        problem(third, 429, "too-many-requests")
        assert 1 <= int(third.headers["Retry-After"]) <= 60
        assert third.headers["RateLimit"].startswith('"minute";r=0;t=')

    def test_they_are_lifted_for_load_checks(self, program, settings):
        settings.API_CALLS_PER_MINUTE, settings.LIMITS_ON = 1, False
        ours = program("topics:read")
        assert {ours.get("topics/voirie/").status_code for _each in range(3)} == {200}


class TestAnswer:
    def test_an_unknown_parameter_is_refused_by_its_name(self, program):
        told = problem(program("tickets:read").get("tickets/", statut="open"), 400, "invalid-request")
        assert [each["parameter"] for each in told["errors"]] == ["statut"]

    def test_a_parameter_written_twice_is_refused(self, program):
        ours = program("tickets:read")
        told = problem(ours.get("/api/v1/tickets/?state=open&state=closed"), 400, "invalid-request")
        assert told["errors"][0]["parameter"] == "state"

    @pytest.mark.parametrize(
        ("name", "value"),
        [("page_size", "0"), ("page_size", "101"), ("page_size", "x"), ("cursor", "x"), ("cursor", "bjA"),
         ("state", "ouverte"), ("fields", "reference,nom"), ("fields", ""), ("created_after", "hier"),
         ("created_after", "2026-11-30T10:00:00")],
    )  # fmt: skip
    def test_a_bad_value_is_refused_by_its_name(self, program, name, value):
        told = problem(program("tickets:read").get("tickets/", **{name: value}), 400, "invalid-request")
        assert [each["parameter"] for each in told["errors"]] == [name]

    def test_refusals_speak_the_language_asked_for(self, program):
        ours = program("topics:read")
        french = ours.get("tickets/", headers={"Accept-Language": "fr"})
        english = ours.get("tickets/", headers={"Accept-Language": "en"})
        assert french.json()["title"] == "La clé n’a pas ce droit."
        assert english.json()["title"] == "The key lacks this scope."
        assert "Accept-Language" in english.headers["Vary"]

    def test_what_has_not_changed_is_not_sent_again(self, program):
        ours = program("topics:read")
        first = ours.get("topics/voirie/")
        again = ours.get("topics/voirie/", headers={"If-None-Match": f"W/{first.headers['ETag']}"})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
        other = ours.get("topics/voirie/", headers={"If-None-Match": '"x"'})
        assert other.status_code == 200

    def test_long_answers_are_compressed(self, program):
        response = program("topics:read").get("topics/", headers={"Accept-Encoding": "gzip"})
        assert response.headers["Content-Encoding"] == "gzip"

    def test_text_is_utf8(self, program):
        response = program("topics:read").get("topics/voirie/")
        assert response.headers["Content-Type"] == "application/json"
        assert "é".encode() in response.content

    def test_fields_are_picked(self, program):
        shown = program("topics:read").get("topics/voirie/", fields="code,is_public").json()
        assert shown == {"code": "voirie", "is_public": True}

    def test_a_list_is_read_to_its_end_and_back(self, program):
        ours, seen, path = program("topics:read"), [], "/api/v1/topics/?page_size=7"
        while path:
            page = ours.client.get(path, headers=ours.headers).json()
            seen.append([each["code"] for each in page["results"]])
            last, path = page, page["next"]
        whole = [code for codes in seen for code in codes]
        assert len(whole) == len(set(whole)) == factories.topic("voirie").__class__.objects.count()
        back = ours.client.get(last["previous"], headers=ours.headers).json()
        assert [each["code"] for each in back["results"]] == seen[-2]

    def test_other_formats_are_refused(self, program):
        problem(program("topics:read").get("topics/", headers={"Accept": "text/csv"}), 406, "not-acceptable")

    def test_another_method_is_refused(self, program):
        response = program("topics:write").send("delete", "topics/voirie/")
        problem(response, 405, "method-not-allowed")
        assert response.headers["Allow"] == "GET, HEAD, OPTIONS"

    @pytest.mark.parametrize(
        "path", ["", "rien/", "rien", "tickets/x/y/z", "%0A", "tickets/%0A/x", "a%0Ab", "%FF"]
    )
    @pytest.mark.parametrize("verb", ["get", "head", "post", "patch", "delete", "options"])
    def test_an_address_of_nobody_is_a_problem_in_the_language_asked_for(self, territory, path, verb):
        for language, title in (("fr", "Rien ne se trouve"), ("en", "There is nothing")):
            headers = {"Accept-Language": language, "Accept": "text/html"}
            response = getattr(Client(), verb)(f"/api/v1/{path}", headers=headers)
            assert (response.status_code, response.headers["Content-Type"]) == (
                404,
                "application/problem+json",
            )
            assert verb == "head" or response.json()["title"].startswith(title)
            assert "Accept-Language" in response.headers["Vary"]

    def test_an_address_without_its_slash_keeps_the_method(self, program):
        response = program("tickets:write").post("tickets", {"text": "x"})
        assert (response.status_code, response.headers["Location"]) == (308, "/api/v1/tickets/")
        problem(program("tickets:read").get("rien/"), 404, "not-found")
