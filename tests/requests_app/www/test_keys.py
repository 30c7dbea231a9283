"""The administrator gives keys to other software, sees what they were refused, renews and revokes them."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from requests_app.api_keys.models import ApiKey

pytestmark = pytest.mark.django_db


def opens(secret):
    return Client().get("/api/v1/topics/", headers={"Authorization": f"Bearer {secret}"}).status_code


def shown_secret(page):
    found = re.search(r"gru_[\w-]{43}", page.content.decode())
    return found[0] if found else ""


@pytest.fixture
def desk(client_of, admin):
    return client_of(admin)


def create(desk, **typed):
    return desk.post(
        "/cles/nouvelle/", {"name": "Portail de Bron", "on_topics": "read", **typed}, follow=True
    )


def test_a_key_is_created_and_shown_once(desk, admin, lyon_8):
    page = create(desk, on_tickets="write", maisons=[lyon_8.pk], expires_on="2099-01-31")
    secret = shown_secret(page)
    key = ApiKey.objects.get()
    assert opens(secret) == 200
    assert (key.name, key.created_by, key.maison_ids) == ("Portail de Bron", admin, [lyon_8.pk])
    assert key.scopes == ["tickets:write", "topics:read"]
    assert key.expires_at.isoformat() == "2099-01-31T23:00:00+00:00"
    again = desk.get(f"/cles/{key.pk}/")
    assert shown_secret(again) == ""
    assert "Demandes : lire et écrire" in again.content.decode()


def test_without_any_scope_it_is_refused_in_words(desk):
    page = create(desk, on_topics="")
    assert "Choisissez au moins un droit." in page.content.decode()
    assert not ApiKey.objects.exists()


@pytest.mark.parametrize(
    ("day", "told"), [("2020-02-29", "Ce dernier jour est passé"), ("9999-12-31", "Écrivez la date")]
)
def test_a_last_day_that_never_comes_or_is_past_is_refused_in_words(desk, day, told):
    assert told in create(desk, expires_on=day).content.decode()
    assert not ApiKey.objects.exists()


def test_a_renewed_key_has_two_secrets_and_the_new_one_is_shown_once(desk):
    old = shown_secret(create(desk))
    key = ApiKey.objects.get()
    page = desk.post(f"/cles/{key.pk}/renouveler/", follow=True)
    new = shown_secret(page)
    assert new not in {"", old}
    assert (opens(old), opens(new)) == (200, 200)
    assert "ancienne clé ouvre encore" in page.content.decode()


def test_a_revoked_key_opens_nothing_once_confirmed(desk, admin):
    secret = shown_secret(create(desk))
    key = ApiKey.objects.get()
    assert "Portail de Bron" in desk.get(f"/cles/{key.pk}/revoquer/").content.decode()
    assert opens(secret) == 200
    page = desk.post(f"/cles/{key.pk}/revoquer/", follow=True).content.decode()
    assert opens(secret) == 401
    assert "La clé est révoquée" in page
    assert "Révoquer…" not in page
    assert ApiKey.objects.get().revoked_by == admin
    assert "n’est plus valable" in desk.post(f"/cles/{key.pk}/renouveler/", follow=True).content.decode()


def test_what_it_was_refused_is_listed(desk, program):
    ours = program("topics:read")
    ours.get("tickets/")
    page = desk.get(f"/cles/{ours.key.pk}/").content.decode()
    assert "GET api/v1/tickets/" in page
    assert "tickets:read" in page


def test_the_list_costs_the_same_for_one_key_as_for_ten(desk, program):
    program("topics:read")
    desk.get("/cles/")
    with CaptureQueriesContext(connection) as one:
        desk.get("/cles/")
    for rank in range(9):
        program("topics:read", name=f"Portail {rank}")
    with CaptureQueriesContext(connection) as ten:
        assert "Portail 8" in desk.get("/cles/").content.decode()
    assert len(one) == len(ten)
