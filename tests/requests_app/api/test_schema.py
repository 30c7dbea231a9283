"""The schema says what the interface does: a client made of it finds no violation."""

import json

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client

from requests_app.api_keys.scopes import SCOPES
from tests import factories
from tests.requests_app.api.attacking import find_violations

pytestmark = [pytest.mark.django_db, pytest.mark.timeless]


@pytest.fixture
def described(territory):
    return json.loads(Client().get("/api/v1/schema/", headers={"Accept": "application/json"}).content)


def test_it_needs_no_key_and_is_openapi_3_1(described):
    assert described["openapi"].startswith("3.1")
    assert {"/api/v1/tickets/", "/api/v1/tickets/{reference}/close/"} <= set(described["paths"])
    assert not [path for path in described["paths"] if not path.startswith("/api/v1/")]


def test_each_operation_names_its_scope_and_its_refusals(described):
    for path, verbs in described["paths"].items():
        for verb, operation in verbs.items():
            assert "Scope: `" in operation["description"], (path, verb)
            assert {"400", "401", "403", "404", "429"} <= set(operation["responses"]), (path, verb)
            assert operation["security"] == [{"key": []}], (path, verb)


def test_its_page_asks_for_nothing_outside(territory):
    page = Client().get("/api/v1/docs/")
    assert page.status_code == 200
    assert b"://" not in page.content.replace(b"http://www.w3.org", b"")


@pytest.fixture
def one_connection():
    """A server closes its connection between two calls; the test's own is in a transaction."""
    ends = (request_started, request_finished)
    for each in ends:
        each.disconnect(close_old_connections)
    yield
    for each in ends:
        each.connect(close_old_connections)


@pytest.fixture
def headers(program, settings, chloe, lyon_8):
    """A key for everything, in a territory where something happens."""
    settings.LIMITS_ON = False
    factories.ticket(person=factories.person(given_name="Amina", email="amina@exemple.fr"))
    return {**program(*SCOPES).headers, "Accept-Encoding": "identity"}


def test_no_violation_is_found(described, one_connection, headers):
    """Some calls of each operation; tests/faults tries more of them."""
    broken, _calls = find_violations(described, headers=headers, examples=3)
    assert broken == []
