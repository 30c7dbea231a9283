"""Agents and their rights: created, changed, gone; every change is traced."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from requests_app.access.scope import scope_of
from requests_app.accounts.models import Membership, RightsEvent, Role, User
from requests_app.tickets.models import Event

LIST, NEW = "/agents/", "/agents/nouveau/"


def rows(*grants):
    sent: dict[str, object] = {"roles-TOTAL_FORMS": len(grants), "roles-INITIAL_FORMS": 0}
    for n, (role, place) in enumerate(grants):
        sent |= {f"roles-{n}-role": role, f"roles-{n}-place": str(place)}
    return sent


@pytest.fixture
def desk(client_of, admin):
    return client_of(admin)


def page_of(agent):
    return reverse("backoffice:agent", args=[agent.pk])


class TestList:
    def test_finds_by_name_without_accents(self, desk, chloe, bruno):
        found = desk.get(LIST, {"q": "chloe mart"}).context["found"].page
        assert [a.username for a in found] == ["chloe"]

    def test_says_when_nobody_is_found(self, desk):
        assert "Aucun agent trouvé" in desk.get(LIST, {"q": "zzz"}).content.decode()

    def test_costs_the_same_for_one_as_for_ten(self, desk, make_agent, lyon_8):
        def cost():
            with CaptureQueriesContext(connection) as seen:
                desk.get(LIST)
            return len(seen)

        cost()
        make_agent("a0", (Role.MANAGER, lyon_8))
        first = cost()
        for n in range(1, 10):
            make_agent(f"a{n}", (Role.MANAGER, lyon_8), (Role.FRONT_DESK, lyon_8))
        assert cost() == first

    @pytest.mark.parametrize("name", ["bruno", "chloe", "david", "central"])
    def test_A01_is_for_administrators_only(self, client_of, request, admin, name):
        client = client_of(request.getfixturevalue(name))
        assert client.get(LIST).status_code == 403
        assert client.get(page_of(admin)).status_code == 403
        assert client.post(NEW, {"username": "moi"}).status_code == 403

    def test_W15_a_name_is_escaped(self, desk, make_agent):
        make_agent("x1", given_name="<script>a()</script>")
        assert "<script>a()" not in desk.get(LIST).content.decode()


class TestNew:
    def test_creates_an_agent_with_roles_and_a_password_shown_once(self, desk, admin, lyon_8):
        sent = {"username": "samira.roux", "given_name": "Samira", "family_name": "Roux", "email": ""}
        answer = desk.post(NEW, sent | rows((Role.MANAGER, lyon_8.pk), ("", "")))
        user = User.objects.get(username="samira.roux")
        assert answer.url == page_of(user)
        assert scope_of(user).can_handle(lyon_8.pk, is_sensitive=False)
        password = desk.get(page_of(user)).context["shown_once"]
        assert user.check_password(password)
        assert user.must_change_password
        assert password not in desk.get(page_of(user)).content.decode()
        event = user.rights_events.get()
        assert (event.kind, event.by, event.added) == ("created", admin, ["Responsable, Lyon 8e – Latarjet"])

    def test_refuses_a_name_already_taken_and_keeps_what_was_typed(self, desk, chloe):
        page = desk.post(NEW, {"username": "chloe", "given_name": "Autre"} | rows()).content.decode()
        assert "L’identifiant « chloe » est déjà pris" in page.replace("\u00a0", " ")
        assert 'value="Autre"' in page

    def test_adds_a_row_without_saving(self, desk, lyon_8):
        sent = {"username": "n", "given_name": "N", "more": "1"} | rows((Role.MANAGER, lyon_8.pk))
        answer = desk.post(NEW, sent)
        assert len(answer.context["rows"].forms) == 2
        assert not User.objects.filter(username="n").exists()

    @pytest.mark.parametrize("grant", [("manager", ""), ("manager", "999999"), ("king", "*"), ("admin", "1")])
    def test_refuses_a_role_without_a_right_place(self, desk, grant):
        sent = {"username": "neuf", "given_name": "N"} | rows(grant)
        assert desk.post(NEW, sent).status_code == 200
        assert not User.objects.filter(username="neuf").exists()

    def test_W03_other_fields_change_nothing(self, desk):
        sent = {"username": "neuf", "given_name": "N", "is_superuser": "1", "is_staff": "1"} | rows()
        desk.post(NEW, sent)
        user = User.objects.get(username="neuf")
        assert not user.is_superuser
        assert not user.is_staff


class TestChange:
    def test_W13_a_role_taken_away_is_refused_at_the_next_request(self, desk, chloe, villeurbanne, lyon_8):
        sent = {"given_name": "Chloé", "family_name": "Martin"} | rows((Role.FRONT_DESK, villeurbanne.pk))
        desk.post(page_of(chloe), sent)
        now = User.objects.get(pk=chloe.pk)
        assert not scope_of(now).can_see(lyon_8.pk)
        assert now.current_maison == villeurbanne
        event = RightsEvent.objects.get(user=chloe)
        assert event.removed == ["Gestionnaire, Lyon 8e – Latarjet"]
        assert event.added == ["Agent d’accueil, Villeurbanne – Centre"]

    def test_a_name_changed_alone_is_no_change_of_rights(self, desk, chloe, lyon_8):
        sent = {"given_name": "Chloé", "family_name": "Petit"} | rows((Role.CASE_HANDLER, lyon_8.pk))
        desk.post(page_of(chloe), sent)
        assert not RightsEvent.objects.filter(user=chloe).exists()
        assert Membership.objects.filter(user=chloe).count() == 1

    def test_nobody_takes_away_their_own_administration(self, desk, admin):
        page = desk.post(page_of(admin), {"given_name": "A"} | rows()).content.decode()
        assert "votre propre rôle" in page
        assert scope_of(User.objects.get(pk=admin.pk)).can_manage_agents

    def test_a_new_administrator_opens_the_admin_pages(self, desk, chloe):
        desk.post(page_of(chloe), {"given_name": "Chloé"} | rows((Role.ADMIN, "*")))
        chloe.refresh_from_db()
        assert chloe.is_staff

    def test_gives_a_new_password_shown_once(self, desk, chloe):
        desk.post(reverse("backoffice:agent_password", args=[chloe.pk]))
        password = desk.get(page_of(chloe)).context["shown_once"]
        chloe.refresh_from_db()
        assert chloe.check_password(password)
        assert desk.get(page_of(chloe)).context["shown_once"] == ""


class TestLeave:
    @pytest.fixture
    def leave(self, desk, chloe):
        return lambda to="": desk.post(reverse("backoffice:agent_leave", args=[chloe.pk]), {"to": to})

    def test_shows_the_count_before(self, desk, chloe, make_ticket):
        make_ticket(assignee=chloe)
        make_ticket(assignee=chloe, state="closed")
        page = desk.get(reverse("backoffice:agent_leave", args=[chloe.pk])).content.decode()
        assert "1 demande ouverte est à son nom." in page

    def test_hands_the_demands_to_a_colleague(self, leave, chloe, david, make_ticket):
        plain, hidden = make_ticket(assignee=chloe), make_ticket(assignee=chloe, is_sensitive=True)
        leave(david.pk)
        plain.refresh_from_db()
        hidden.refresh_from_db()
        assert plain.assignee == david
        assert hidden.assignee is None  # a manager may not follow it: back to the team
        assert Event.objects.filter(kind="released", ticket=hidden).exists()

    def test_W13_closes_the_account_at_once(self, leave, chloe, client, settings):
        chloe_at_work = type(client)()
        chloe_at_work.force_login(chloe)
        leave()
        assert chloe_at_work.get("/espace/").url == "/connexion/?next=/espace/"
        chloe.refresh_from_db()
        assert not chloe.is_active
        assert chloe.left_at
        assert RightsEvent.objects.get(user=chloe).kind == "left"
        assert not chloe.memberships.exists()

    def test_refuses_who_never_handled_anything(self, leave, chloe, bruno):
        assert leave(bruno.pk).status_code == 200
        chloe.refresh_from_db()
        assert chloe.is_active

    def test_nobody_closes_their_own_account(self, desk, admin):
        desk.post(reverse("backoffice:agent_leave", args=[admin.pk]), {"to": ""})
        admin.refresh_from_db()
        assert admin.is_active

    def test_all_or_nothing(self, desk, admin, make_ticket):
        """The tickets stay where they are when the account cannot be closed."""
        make_ticket(assignee=admin)
        desk.post(reverse("backoffice:agent_leave", args=[admin.pk]), {"to": ""})
        assert admin.tickets.count() == 1


class TestTrace:
    def test_only_grows(self, chloe, admin):
        event = RightsEvent.objects.create(user=chloe, kind="left", by=admin, at=chloe.created_at)
        with pytest.raises(DatabaseError), transaction.atomic():
            RightsEvent.objects.filter(pk=event.pk).update(kind="created")
        with pytest.raises(DatabaseError), transaction.atomic():
            event.delete()
