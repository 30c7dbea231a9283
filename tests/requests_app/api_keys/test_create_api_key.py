"""`manage create_api_key`: what is printed is the key alone, once; bad arguments are one sentence."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from requests_app.accounts.models import User
from requests_app.api_keys.models import ApiKey, ApiSecret
from requests_app.maisons.models import Maison

pytestmark = pytest.mark.django_db


def run(**options):
    out = StringIO()
    call_command("create_api_key", stdout=out, **options)
    return out.getvalue()


def test_it_prints_a_key_that_opens(territory):
    printed = run(name="Portail", scopes="tickets:read,topics:read", maisons="P84,P108", expires="2099-01-31")
    assert printed.endswith("\n")
    secret = printed.strip()
    key = ApiKey.objects.get()
    assert Client().get("/api/v1/topics/", headers={"Authorization": f"Bearer {secret}"}).status_code == 200
    assert key.scopes == ["tickets:read", "topics:read"]
    wanted = Maison.objects.filter(code__in=["P84", "P108"])
    assert key.maison_ids == sorted(wanted.values_list("pk", flat=True))
    assert key.expires_at.isoformat() == "2099-01-31T23:00:00+00:00"
    assert secret not in str(list(ApiSecret.objects.values()))


@pytest.mark.parametrize(
    "options",
    [
        {"name": "P", "scopes": "tickets"},
        {"name": "P", "scopes": " , "},
        {"name": " ", "scopes": "tickets:read"},
        {"name": "x" * 81, "scopes": "tickets:read"},
        {"name": "P", "scopes": "tickets:read", "maisons": "P84,nowhere"},
        {"name": "P", "scopes": "tickets:read", "maisons": ","},
        {"name": "P", "scopes": "tickets:read", "topics": "velo-volant"},
        {"name": "P", "scopes": "tickets:read", "expires": "demain"},
        {"name": "P", "scopes": "tickets:read", "expires": "2020-02-29"},
        {"name": "P", "scopes": "tickets:read", "expires": "0001-01-01"},
        {"name": "P", "scopes": "tickets:read", "expires": "9999-12-31"},
    ],
)
def test_bad_arguments_are_one_sentence_and_create_nothing(territory, options):
    with pytest.raises(CommandError) as caught:
        run(**options)
    assert caught.value.returncode == 2
    assert str(caught.value).count("\n") == 0
    assert not ApiKey.objects.exists()
    assert not User.objects.filter(is_service=True).exists()


def test_the_last_day_is_today_at_the_earliest(territory):
    today = timezone.localdate()
    run(name="P", scopes="tickets:read", expires=today.isoformat())
    with pytest.raises(CommandError) as caught:
        run(name="P", scopes="tickets:read", expires=(today - timedelta(days=1)).isoformat())
    assert (caught.value.returncode, ApiKey.objects.count()) == (2, 1)


def test_its_account_is_no_agent(territory, client_of, admin):
    run(name="Portail de Bron", scopes="tickets:read")
    account = User.objects.get(is_service=True)
    assert not User.objects.present().filter(pk=account.pk).exists()
    assert not account.has_usable_password()
    assert "Portail de Bron" not in client_of(admin).get("/agents/").content.decode()
    assert client_of(admin).get(f"/agents/{account.pk}/").status_code == 404
