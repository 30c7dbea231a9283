"""A lock held elsewhere for a minute: the doors still receive, at once (threats: F11)."""

import base64
import importlib
import json
import sys
import time
from datetime import timedelta

import pytest
from django.db import OperationalError, connection, connections
from django.test import Client
from django.utils import timezone

from channels_app.intake.models import Arrival
from channels_app.intake.services import reconcile, sweep
from channels_app.portal.tests.conftest import ANSWERS, address
from requests_app.lib.outages import error
from requests_app.lib.patience import bound_the_waiting
from requests_app.tickets.models import Ticket

pytestmark = pytest.mark.django_db(transaction=True)
MAIL = b"From: amina@exemple.fr\r\nTo: accueil@demande.invalid\r\nSubject: RSA\r\n\r\nBonjour\r\n"


@pytest.fixture
def bounded(territory):
    """The connections of the web server, with less patience than it has."""
    options = connections.settings["default"].setdefault("OPTIONS", {})
    before = dict(options)
    bound_the_waiting(statement_ms=5_000, lock_ms=300)
    connection.close()
    yield
    options.clear()
    options.update(before)
    connection.close()


@pytest.fixture
def locked(bounded):
    """Somebody else holds the tickets: nobody can write one, everyone can read them."""
    other = connections.create_connection("default")
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("LOCK TABLE tickets_ticket IN EXCLUSIVE MODE")
    yield other
    other.close()


def test_F11_a_form_is_kept_in_seconds_and_heard_once_the_lock_is_gone(locked, settings):
    settings.LIMITS_ON = False
    client, begun = Client(), time.monotonic()
    for step, fields in ANSWERS.items():
        client.post(address(step), fields)
    answer = client.post(address("verifier"), follow=True)

    assert time.monotonic() - begun < 5
    assert answer.status_code == 200
    assert Arrival.objects.get().state == "pending"
    locked.rollback()
    sweep(at=timezone.now() + timedelta(minutes=1))
    assert Arrival.objects.get().state == "heard"
    assert Ticket.objects.get().person.full_name == "Amina Benali"
    assert reconcile(at=timezone.now()).gap == 0


def test_F11_a_mail_of_a_provider_is_kept_as_usual(locked, settings):
    settings.WEBHOOKS = {"postmark": "nom:clef"}
    call = {"RawEmail": MAIL.decode(), "OriginalRecipient": "accueil@demande.invalid"}
    key = base64.b64encode(b"nom:clef").decode()
    answer = Client().post(
        "/entree/mail/postmark/",
        json.dumps(call),
        content_type="application/json",
        headers={"Authorization": f"Basic {key}"},
    )

    assert answer.status_code == 200
    assert Arrival.objects.count() == 1


def test_F11_a_door_that_cannot_keep_says_to_come_again(bounded, settings):
    """The table of the arrivals itself: never 200, and never for long."""
    settings.WEBHOOKS = {"postmark": "nom:clef"}
    other, begun = connections.create_connection("default"), time.monotonic()
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("LOCK TABLE intake_arrival IN EXCLUSIVE MODE")
    try:
        answer = Client().post(
            "/entree/mail/postmark/",
            json.dumps({"RawEmail": MAIL.decode()}),
            content_type="application/json",
            headers={"Authorization": f"Basic {base64.b64encode(b'nom:clef').decode()}"},
        )
    finally:
        other.close()
    assert answer.status_code == 503
    assert time.monotonic() - begun < 3


def test_F11_the_web_server_bounds_its_waiting(monkeypatch):
    asked = []
    monkeypatch.setattr("requests_app.lib.patience.bound_the_waiting", lambda **bounds: asked.append(bounds))
    monkeypatch.delitem(sys.modules, "gru.wsgi", raising=False)
    importlib.import_module("gru.wsgi")
    assert asked == [{"statement_ms": 30_000, "lock_ms": 3_000}]


def test_F11_an_agent_stopped_by_a_lock_gets_the_words_back(bounded, make_ticket, chloe):
    """503 in words, the text in a field, and a button that sends it again."""
    ticket, text = make_ticket(), "Une note que personne ne doit perdre, même quand la base est prise."
    client = Client(raise_request_exception=False)
    client.force_login(chloe)
    other = connections.create_connection("default")
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("LOCK TABLE tickets_ticket, tickets_note IN EXCLUSIVE MODE")
    address = f"/demandes/{ticket.reference}/note/"
    fields = {"text": text, "version": ticket.version}
    try:
        answer = client.post(address, fields)
    finally:
        other.close()
    page = answer.content.decode()
    assert answer.status_code == 503, page
    assert answer["Retry-After"] == "60"
    assert f">{text}</textarea>" in page
    assert f'action="{address}"' in page


def test_F11_a_password_is_not_given_back_and_a_search_is_asked_again(rf):
    try:
        raise OperationalError
    except OperationalError:
        sign_in = error(rf.post("/connexion/", {"username": "chloe", "password": "secret"}))
        search = error(rf.get("/recherche/?q=caf%C3%A9&vue=tous"))
    assert "secret" not in sign_in.content.decode()
    assert '<form method="get" action="/recherche/">' in search.content.decode()
    assert '<input type="hidden" name="q" value="café">' in search.content.decode()
    assert (sign_in.status_code, search.status_code) == (503, 503)
