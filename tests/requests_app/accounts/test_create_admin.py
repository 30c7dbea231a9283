"""The first administrator of an installation."""

import pytest
from django.core.management import CommandError, call_command

from requests_app.access.scope import scope_of
from requests_app.accounts.models import User


def test_prints_a_password_to_be_changed(db, capsys):
    call_command("create_admin", "Claire.Roux", given_name="Claire")
    user = User.objects.get(username="claire.roux")
    password = capsys.readouterr().out.split(" : ")[1].strip()
    assert user.check_password(password)
    assert user.must_change_password
    assert scope_of(user).can_manage_agents


def test_refuses_a_name_already_taken(chloe):
    with pytest.raises(CommandError, match="déjà pris"):
        call_command("create_admin", "chloe")
