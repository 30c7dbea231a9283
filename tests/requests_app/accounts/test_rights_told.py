"""An administrator who changes rights is seen by another (N14)."""

from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from requests_app.accounts.errors import Refused
from requests_app.accounts.models import Membership, RightsEvent, Role, User
from requests_app.accounts.services import (
    Grant,
    change_agent,
    create_agent,
    give_temporary_password,
    leave,
    remove_second_factor,
    turn_off_second_factor,
)
from requests_app.outbox.models import Outgoing
from tests.browser import violations

PAGE = "/tableau-de-bord/droits/"
READING = [Role.FRONT_DESK, Role.CASE_HANDLER, Role.MANAGER]


def give(user, *grants, by):
    change_agent(
        user=user,
        given_name=user.given_name,
        family_name=user.family_name,
        email=user.email,
        grants=[Grant(role, maison and maison.pk) for role, maison in grants],
        by=by,
        at=timezone.now(),
    )


def told():
    return set(Outgoing.objects.values_list("recipient", flat=True))


@pytest.fixture
def second(make_agent):
    return make_agent("second", (Role.ADMIN, None), given_name="Sonia", email="second@exemple.fr")


@pytest.fixture
def people(admin, second, david, chloe, make_agent, villeurbanne):
    """Who has an address: both administrators, the manager here, one elsewhere, one for all."""
    for user in (admin, david, chloe):
        user.email = f"{user.username}@exemple.fr"
        user.save()
    make_agent("chief", (Role.MANAGER, villeurbanne), email="chief@exemple.fr")
    make_agent("head", (Role.MANAGER, None), email="head@exemple.fr")
    make_agent("gone", (Role.ADMIN, None), email="gone@exemple.fr", is_active=False)


class TestOneself:
    @pytest.mark.parametrize("role", READING)
    @pytest.mark.parametrize("everywhere", [True, False])
    def test_N14_a_role_that_reads_is_refused(self, admin, lyon_8, role, everywhere):
        with pytest.raises(Refused, match="un autre administrateur"):
            give(admin, (Role.ADMIN, None), (role, None if everywhere else lyon_8), by=admin)

        assert list(admin.memberships.values_list("role", flat=True)) == ["admin"]
        assert not RightsEvent.objects.exists()

    def test_N14_so_is_a_larger_place(self, admin, second, lyon_8):
        give(admin, (Role.ADMIN, None), (Role.MANAGER, lyon_8), by=second)
        with pytest.raises(Refused):
            give(admin, (Role.ADMIN, None), (Role.MANAGER, None), by=admin)
        give(admin, (Role.ADMIN, None), (Role.MANAGER, lyon_8), by=admin)

        assert admin.memberships.count() == 2, "what another one gave stays"

    def test_one_may_be_given_up(self, admin, second, lyon_8):
        give(admin, (Role.ADMIN, None), (Role.MANAGER, lyon_8), by=second)
        give(admin, (Role.ADMIN, None), by=admin)

        assert admin.memberships.count() == 1

    def test_N14_the_page_says_so_and_keeps_what_was_typed(self, client_of, admin, lyon_8):
        sent = {"given_name": "Administrateur", "roles-TOTAL_FORMS": 2, "roles-INITIAL_FORMS": 0}
        sent |= {"roles-0-role": "admin", "roles-0-place": "*"}
        sent |= {"roles-1-role": "case_handler", "roles-1-place": str(lyon_8.pk)}
        page = unescape(client_of(admin).post(f"/agents/{admin.pk}/", sent).content.decode())

        assert "demandez-le à un autre administrateur" in page
        assert not Membership.objects.filter(user=admin, role="case_handler").exists()


class TestTold:
    def test_N14_a_grant_is_mailed_to_the_others_and_the_managers_of_the_place(
        self, people, admin, chloe, lyon_8, settings
    ):
        give(chloe, (Role.CASE_HANDLER, lyon_8), (Role.MANAGER, lyon_8), by=admin)

        here = {"david@exemple.fr", "chloe@exemple.fr"}  # Chloé manages it from now on
        assert told() == {"second@exemple.fr", "head@exemple.fr"} | here
        mail = Outgoing.objects.get(recipient="second@exemple.fr")
        text = mail.payload["text"]
        assert (mail.channel, mail.kind, mail.state) == ("mail", "notice", "queued")
        assert "Administrateur a changé des droits le " in text
        assert "Agent : Chloé Martin" in text  # « les droits de Elsa » would be no French
        assert "Reçu : Responsable, Lyon 8e – Latarjet" in text
        assert f"{settings.PUBLIC_URL}{PAGE}" in text

    def test_N14_so_is_a_removal_and_a_departure(self, people, admin, chloe):
        leave(user=chloe, by=admin, at=timezone.now())

        assert told() == {"second@exemple.fr", "david@exemple.fr", "head@exemple.fr"}
        text = Outgoing.objects.first().payload["text"]
        assert "Retiré : Gestionnaire, Lyon 8e – Latarjet" in text

    def test_N14_and_a_new_account_with_what_it_holds(self, people, admin):
        grants = [Grant(Role.CASE_HANDLER, None)]
        names = {"username": "moi.bis", "given_name": "Moi", "family_name": "Bis"}
        create_agent(**names, password="x", grants=grants, by=admin, at=timezone.now())

        assert told() == {"second@exemple.fr", "head@exemple.fr"}
        assert "Reçu : Gestionnaire, tout le territoire" in Outgoing.objects.first().payload["text"]

    def test_N14_what_the_server_did_is_told_to_all_administrators(self, people):
        grants = [Grant(Role.ADMIN, None)]
        names = {"username": "third", "given_name": "Tiers", "family_name": ""}
        create_agent(**names, password="x", grants=grants, by=None, at=timezone.now())

        assert told() == {"admin@exemple.fr", "second@exemple.fr", "head@exemple.fr"}

    def test_a_change_of_name_is_told_to_nobody(self, people, admin, chloe, lyon_8):
        chloe.given_name = "Chloë"
        give(chloe, (Role.CASE_HANDLER, lyon_8), by=admin)

        assert not Outgoing.objects.exists()


class TestKeys:
    """Whoever opens a colleague's account reads in their place: another door to the same rights."""

    def test_N14_a_password_given_to_a_colleague_is_told_like_a_grant(self, people, admin, chloe):
        give_temporary_password(user=chloe, by=admin, at=timezone.now())

        here = {"david@exemple.fr", "chloe@exemple.fr"}
        assert told() == {"second@exemple.fr", "head@exemple.fr"} | here
        text = Outgoing.objects.get(recipient="chloe@exemple.fr").payload["text"]
        assert "Administrateur a changé un compte le " in text
        assert "Agent : Chloé Martin" in text
        assert "Mot de passe provisoire donné" in text

    def test_N14_so_is_a_code_taken_off(self, people, admin, chloe):
        User.objects.filter(pk=chloe.pk).update(second_factor_at=timezone.now())
        remove_second_factor(user=chloe, by=admin, at=timezone.now())

        assert {"chloe@exemple.fr", "david@exemple.fr", "second@exemple.fr"} <= told()
        assert "Code à la connexion retiré" in Outgoing.objects.first().payload["text"]

    def test_one_s_own_code_is_one_s_own_affair(self, people, chloe):
        User.objects.filter(pk=chloe.pk).update(second_factor_at=timezone.now())
        turn_off_second_factor(user=chloe, by=chloe, at=timezone.now())

        assert not Outgoing.objects.exists()

    def test_N14_who_is_told_cannot_be_led_elsewhere_unseen(self, people, admin, second):
        second.email = "nobody@exemple.fr"
        give(second, (Role.ADMIN, None), by=admin)

        assert {"second@exemple.fr", "head@exemple.fr"} <= told()
        assert RightsEvent.objects.get().kind == RightsEvent.Kind.ADDRESS

    @pytest.mark.parametrize("is_leaving", [True, False])
    def test_N14_nor_an_administrator_put_out_without_a_word(self, people, admin, second, is_leaving):
        if is_leaving:
            leave(user=second, by=admin, at=timezone.now())
        else:
            give(second, by=admin)

        assert "second@exemple.fr" in told()

    def test_N14_managers_of_the_place_read_it_on_the_page(self, client_of, admin, chloe, david):
        give_temporary_password(user=chloe, by=admin, at=timezone.now())

        assert "Mot de passe provisoire donné" in client_of(david).get(PAGE).content.decode()


class TestPage:
    @pytest.mark.parametrize("name", ["david", "admin", "central"])
    def test_N14_says_who_gave_what_to_whom(self, client_of, request, admin, chloe, lyon_8, name):
        give(chloe, (Role.CASE_HANDLER, lyon_8), (Role.MANAGER, lyon_8), by=admin)
        page = unescape(client_of(request.getfixturevalue(name)).get(PAGE).content.decode())

        assert "Chloé Martin" in page
        assert "Responsable, Lyon 8e – Latarjet" in page
        assert "Administrateur" in page

    def test_A02_a_manager_reads_what_concerns_their_places(
        self, client_of, admin, david, elsa, chloe, villeurbanne
    ):
        give(elsa, (Role.CASE_HANDLER, villeurbanne), (Role.FRONT_DESK, villeurbanne), by=admin)
        assert "Elsa" not in client_of(david).get(PAGE).content.decode()
        give(elsa, (Role.CASE_HANDLER, None), by=admin)
        page = client_of(david).get(PAGE).content.decode()

        assert "Elsa" in page, "whoever reads the whole territory reads their place"

    @pytest.mark.parametrize("name", ["bruno", "chloe", "elsa"])
    def test_A01_is_for_those_who_answer_for_a_place(self, client_of, request, name):
        assert client_of(request.getfixturevalue(name)).get(PAGE).status_code == 403

    def test_costs_the_same_for_one_as_for_ten(self, client_of, admin, make_agent, lyon_8):
        client = client_of(admin)

        def cost():
            with CaptureQueriesContext(connection) as seen:
                client.get(PAGE)
            return len(seen)

        give(make_agent("a0"), (Role.MANAGER, lyon_8), by=admin)
        cost()
        one = cost()
        for n in range(1, 10):
            give(make_agent(f"a{n}"), (Role.MANAGER, lyon_8), by=admin)
        assert cost() == one


def test_is_read_by_everybody(browse, admin, second, chloe, lyon_8):
    give(chloe, (Role.CASE_HANDLER, lyon_8), (Role.MANAGER, lyon_8), by=admin)

    assert violations(browse(admin, PAGE)) == []
