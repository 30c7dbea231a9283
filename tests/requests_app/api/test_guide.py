"""Every answer that docs/api.md shows is what a program gets."""

import json
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.django_db

PAGE = (Path(settings.BASE_DIR) / "docs" / "api.md").read_text()


def is_shown(shown):
    whole = json.dumps(shown, indent=2, ensure_ascii=False)
    assert f"```json\n{whole}\n```" in PAGE, whole


def test_the_first_call(program):
    is_shown(program("topics:read").get("topics/voirie/", fields="code,label,is_public").json())


def test_the_first_ticket(program):
    body = {"text": "Un nid-de-poule devant l’école.", "topic": "voirie", "external_id": "SIG-77"}
    assert json.dumps(body, ensure_ascii=False) in PAGE
    answer = program("tickets:write").post("tickets/", body, headers={"Idempotency-Key": "7f3a"})
    assert answer.status_code == 201
    names = ("reference", "channel", "state", "topic", "external_id", "person")
    is_shown({name: answer.json()[name] for name in names} | {"reference": "LYN-7K4P2Q"})


def test_a_refusal(program):
    body = {"text": "Un nid-de-poule", "texte": "x"}
    answer = program("tickets:write").post("tickets/", body, headers={"Accept-Language": "en"})
    is_shown({name: answer.json()[name] for name in ("title", "status", "errors")})


def test_the_limit_it_says():
    assert f"{settings.API_CALLS_PER_MINUTE:,}".replace(",", " ") in PAGE
