"""Every route of the interface × every key that may not (threats: A01): nothing told, nothing changed."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from django.utils import timezone

from requests_app.api.elsewhere import elsewhere
from requests_app.api.views import ActionView, ApiView
from requests_app.api_keys.scopes import SCOPES
from requests_app.api_keys.services import revoke_key
from tests.house.routes import is_for_programs, walk
from tests.house.test_routes import TRACES, WRITES

pytestmark = pytest.mark.django_db

WITHOUT_KEY = {"api:schema", "api:docs"}
ALL = sorted((name, path) for name, path in walk() if is_for_programs(name, path))
KEPT = {name: path for name, path in ALL if name not in WITHOUT_KEY | {"api:elsewhere", "api:root"}}
VERBS = ("get", "post", "put", "patch", "delete")
# What the last part of an address names, of what the stage holds at Lyon 8e.
NAMED = {
    "reference": lambda stage: stage.ticket.reference,
    "code": lambda stage: stage.ticket.maison.code,
    "person": lambda stage: stage.ticket.person_id,
    "appointment": lambda stage: stage.appointment.pk,
    "pk": lambda stage: "1",
}


def filled(path, stage):
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda m: str(NAMED.get(m[1], NAMED["pk"])(stage)), path)


def view_of(path, stage):
    return resolve(filled(path, stage)).func.view_class


def call(secret, verb, address):
    """The answer, and the tables written meanwhile."""
    client = Client(headers={"Authorization": f"Bearer {secret}"} if secret else {})
    sent = {} if verb == "get" else {"data": b"{}", "content_type": "application/json"}
    with CaptureQueriesContext(connection) as seen:
        answer = getattr(client, verb)(address, **sent)
    written = {match[2].lower() for query in seen if (match := WRITES.match(query["sql"]))}
    return answer, written - TRACES


def test_each_is_a_resource_or_needs_no_key(stage):
    assert {name for name, _path in ALL} >= WITHOUT_KEY
    for name, path in KEPT.items():
        view = view_of(path, stage)
        assert issubclass(view, ApiView), name
        assert view.resource, name
        assert not hasattr(view, "post") or issubclass(view, ActionView), f"{name}: POST is idempotent"


def test_A01_without_a_valid_key_nothing_answers(stage, program, admin):
    revoked = program(*SCOPES)
    revoke_key(key=revoked.key, by=admin, at=timezone.now())
    expired = program(*SCOPES, expires_at=timezone.now() - timedelta(days=1))
    for name, path in KEPT.items():
        for verb in VERBS:
            for secret in ("", "gru_x", revoked.secret, expired.secret):
                answer, written = call(secret, verb, filled(path, stage))
                assert answer.status_code == 401, (name, verb, answer.status_code)
                assert answer.headers["WWW-Authenticate"].startswith("Bearer"), name
                assert written <= {"api_keys_apirefusal"}, (name, verb, written)


def test_A01_without_its_scope_no_verb_answers(stage, program):
    for name, path in KEPT.items():
        resource = view_of(path, stage).resource
        other = program(*(scope for scope in SCOPES if not scope.startswith(f"{resource}:")))
        for verb in VERBS:
            if not hasattr(view_of(path, stage), verb):
                continue
            answer, written = call(other.secret, verb, filled(path, stage))
            assert answer.status_code == 403, (name, verb, answer.status_code)
            expected = f"{resource}:{'read' if verb == 'get' else 'write'}"
            assert answer.json()["scope"] == expected, name
            assert written <= {"api_keys_apirefusal", "api_keys_apikey"}, (name, verb, written)


def test_A01_reading_does_not_write(stage, program):
    for name, path in KEPT.items():
        view = view_of(path, stage)
        reader = program(f"{view.resource}:read")
        for verb in ("post", "put", "patch", "delete"):
            if hasattr(view, verb):
                answer, _written = call(reader.secret, verb, filled(path, stage))
                assert answer.status_code == 403, (name, verb)


def test_A01_the_key_of_another_maison_finds_nothing_of_this_one(stage, program, villeurbanne):
    """What an address names at Lyon 8e does not exist for a key of Villeurbanne, whatever the verb."""
    theirs = program(*SCOPES, maisons=[villeurbanne])
    ours = stage.ticket.reference
    for name, path in KEPT.items():
        view = view_of(path, stage)
        for verb in VERBS:
            if not hasattr(view, verb):
                continue
            answer, written = call(theirs.secret, verb, filled(path, stage))
            if "<" in path and view.resource != "topics":
                assert answer.status_code in {400, 404}, (name, verb, answer.status_code)
            assert ours not in answer.content.decode(), name
            assert "Benali" not in answer.content.decode(), name
            allowed = {"api_keys_apirefusal", "api_keys_apikey"}
            assert written <= allowed, (name, verb, written)


def test_an_address_of_nobody_is_not_found(stage, program):
    for address in ("/api/v1/rien/", "/api/v1/"):
        assert resolve(address).func is elsewhere
        assert call(program(*SCOPES).secret, "get", address)[0].status_code == 404
