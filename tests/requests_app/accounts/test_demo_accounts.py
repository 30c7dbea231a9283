"""The demonstration's accounts, only ever on embedded servers."""

import pytest
from django.core.management import CommandError, call_command

from requests_app.accounts.models import User


@pytest.fixture
def made(territory, capsys):
    call_command("demo_accounts")
    return {user.username: user for user in User.objects.prefetch_related("memberships__maison")}


def test_creates_the_accounts_of_the_product(made):
    held = {
        name: [(m.role, m.maison and m.maison.code) for m in user.memberships.all()]
        for name, user in made.items()
    }
    assert held == {
        "bruno": [("front_desk", "P84")],
        "chloe": [("case_handler", "P84")],
        "david": [("manager", "P84")],
        "elsa": [("case_handler", "P108")],
        "central": [("case_handler", None)],
        "admin": [("admin", None)],
        "archives": [("archivist", None)],
        "juriste": [("legal_reviewer", None)],
    }
    assert all(user.check_password("gru-demo") for user in made.values())
    assert [user.full_name for user in made.values() if user.is_superuser] == ["Administrateur"]


def test_changes_nothing_the_second_time(made, capsys):
    User.objects.filter(username="bruno").update(given_name="Bernard")
    call_command("demo_accounts")
    assert "existent déjà" in capsys.readouterr().out
    assert User.objects.count() == 8
    assert User.objects.get(username="bruno").given_name == "Bernard"


def test_refuses_servers_that_are_not_embedded(territory, settings):
    settings.EMBEDDED = False
    with pytest.raises(CommandError, match="bin/serve"):
        call_command("demo_accounts")
    assert not User.objects.exists()


def test_asks_for_the_territory_first(no_territory):
    with pytest.raises(CommandError, match="importez d’abord le territoire"):
        call_command("demo_accounts")
    assert not User.objects.exists()
