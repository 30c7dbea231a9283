"""The schema says what the interface does: a client made of it finds no violation."""

import json

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as bounded
from schemathesis.specs.openapi.checks import positive_data_acceptance

from gru.wsgi import application
from requests_app.api_keys.scopes import SCOPES
from tests import factories

# A telephone number may be well written and belong to nobody: no pattern says that.
NOT_SAID = [positive_data_acceptance]

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


def told(error):
    each = getattr(error, "exceptions", None) or [error]
    return " | ".join(str(one) for one in each)


def test_no_violation_is_found(described, one_connection, program, settings, chloe, lyon_8):
    """Some calls of each operation."""
    settings.LIMITS_ON = False
    headers = {**program(*SCOPES).headers, "Accept-Encoding": "identity"}
    factories.ticket(person=factories.person(given_name="Amina", email="amina@exemple.fr"))
    schema = schemathesis.openapi.from_dict(described)
    schema.app = application
    broken = []
    for found in schema.get_all_operations():
        operation = found.ok()

        @given(case=operation.as_strategy())
        @bounded(
            max_examples=3,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def attack(case):
            try:
                case.call_and_validate(headers=headers, excluded_checks=NOT_SAID)
            except (Exception, BaseExceptionGroup) as error:  # every finding is told, not only the first
                broken.append(f"{case.method} {case.path}: {told(error)}"[:1500])

        attack()
    assert broken == []
