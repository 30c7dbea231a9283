"""What ends before a resource answers is a problem too, in the language asked for, never a page of HTML."""

import json
from contextlib import closing

import pytest
from django.db import OperationalError
from django.test import Client

from channels_app.mail.tests.web import Web
from requests_app.api.territory import TopicList
from tests.machine.test_large_bodies import HUGE, send_all
from tests.requests_app.api.test_doors import problem

pytestmark = pytest.mark.django_db
TITLES = {
    413: {"fr": "La requête est trop lourde.", "en": "The call is too large."},
    500: {"fr": "Une erreur de notre côté.", "en": "An error on our side."},
    503: {"fr": "Le service ne répond pas pour le moment.", "en": "The service does not answer for now."},
}
FAILURES = [(RuntimeError("boom"), 500, "server-error"), (OperationalError("away"), 503, "unavailable")]


@pytest.fixture
def broken(program, monkeypatch):
    """A resource that fails in the way of this test, called as the web server would."""

    def call(failure, language):
        def fail(*_args, **_kwargs):
            raise failure

        monkeypatch.setattr(TopicList, "rows", fail)
        ours = program("topics:read")
        headers = {**ours.headers, "Accept-Language": language}
        return Client(raise_request_exception=False).get("/api/v1/topics/", headers=headers)

    return call


class TestFailureOfOurs:
    @pytest.mark.parametrize(("failure", "status", "slug"), FAILURES)
    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_it_is_a_problem_in_the_language_asked_for(self, broken, failure, status, slug, language):
        response = broken(failure, language)
        assert problem(response, status, slug)["title"] == TITLES[status][language]
        assert "boom" not in response.content.decode()
        assert "no-store" in response.headers["Cache-Control"]
        assert ("Retry-After" in response.headers) is (status == 503)

    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_also_while_a_call_writes_in_french(self, program, monkeypatch, language):
        def fail(*_args, **_kwargs):
            raise RuntimeError

        monkeypatch.setattr("requests_app.api.views.do_once", fail)
        ours = program("tickets:write")
        headers = {**ours.headers, "Accept-Language": language}
        client = Client(raise_request_exception=False)
        response = client.post("/api/v1/tickets/", b'{"text": "a"}', "application/json", headers=headers)
        assert problem(response, 500, "server-error")["title"] == TITLES[500][language]

    def test_people_still_get_a_page(self, client, monkeypatch):
        client.raise_request_exception = False
        monkeypatch.setattr("requests_app.lib.bodies.limit_at", lambda path: 1 / 0)
        response = client.post("/connexion/", b"x" * 1_000_001, "text/plain")
        assert response.status_code == 500
        assert response.headers["Content-Type"].startswith("text/html")


class TestLargeBody:
    @pytest.mark.parametrize("language", ["fr", "en"])
    @pytest.mark.parametrize("path", ["tickets/", "tickets/LYN-7K4P2Q/notes/", "nowhere/", "schema/"])
    def test_one_that_says_its_length_is_a_problem(self, language, path):
        response = Client().post(
            f"/api/v1/{path}", b"x" * 1_000_001, "application/json", headers={"Accept-Language": language}
        )
        assert problem(response, 413, "too-large")["title"] == TITLES[413][language]

    def test_a_million_bytes_are_read(self, program):
        body = json.dumps({"texte": "x"}).encode().ljust(1_000_000)
        problem(program("tickets:write").post("tickets/", body), 400, "invalid-request")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["announced", "chunked"])
def test_N08_the_web_server_says_so_too(kind):
    is_chunked = kind == "chunked"
    length = "Transfer-Encoding: chunked" if is_chunked else f"Content-Length: {HUGE}"
    lines = [length, "Content-Type: application/json", "Accept-Language: en"]
    with closing(Web()) as web:
        _sent, status, page = send_all(web, "/api/v1/tickets/", *lines, chunked=is_chunked)
    line_was_cut = is_chunked and status == 0  # before we read the answer
    assert line_was_cut or json.loads(page)["type"].endswith("#too-large")
    assert line_was_cut or status == 413


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("path", ["tickets/", "nowhere/", "schema/"])
def test_a_thousand_parameters_are_refused_as_a_problem(program, path, language):
    query = "&".join(f"p{rank}=1" for rank in range(1_001))
    headers = {**program("tickets:read").headers, "Accept-Language": language}
    response = Client().get(f"/api/v1/{path}?{query}", headers=headers)
    told = problem(response, 400, "invalid-request")
    assert told["detail"].startswith({"fr": "Envoyez moins", "en": "Send fewer"}[language])


def test_people_who_send_a_thousand_parameters_get_a_page(client):
    response = client.get("/demande/?" + "&".join(f"p{rank}=1" for rank in range(1_001)))
    assert (response.status_code, response["Content-Type"]) == (400, "text/html; charset=utf-8")
