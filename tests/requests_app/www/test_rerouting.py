"""Sending a ticket elsewhere: who works there first, why, the way back, and a day to read it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from requests_app.access.models import Reading, SentAway
from requests_app.accounts.models import Role
from requests_app.accounts.services import Grant, change_agent
from requests_app.maisons.models import Maison
from requests_app.tickets import services
from requests_app.tickets.models import State, Ticket

pytestmark = pytest.mark.django_db

WHY = "Elle habite là-bas"


def url_of(ticket, path=""):
    return f"/demandes/{ticket.reference}/{path}"


def send(client, ticket, maison, path="lieu", query="?vue=a-trier", **fields):
    data = {"version": ticket.version, "maison": maison.pk, "reason": WHY, **fields}
    return client.post(url_of(ticket, f"{path}/{query}"), data)


def sort(client, ticket, maison, **fields):
    return send(client, ticket, maison, "trier", "?vue=a-trier&ici=tri", topic="", **fields)


def words_of(answer):
    return answer.content.decode().replace("\xa0", " ")


@pytest.fixture
def bron(territory):
    return Maison.objects.get(code="P54")


class TestPicker:
    def test_lists_first_the_places_where_someone_works(self, client_of, chloe, elsa, make_ticket, bron):
        page = words_of(client_of(chloe).get(url_of(make_ticket())))
        staffed, empty = (
            page.index("Lieux avec des agents"),
            page.index("Sans agent : vus par l’équipe centrale"),
        )
        assert staffed < page.index(f'<option value="{elsa.current_maison_id}">') < empty
        assert empty < page.index(f'<option value="{bron.pk}">')

    def test_an_agent_who_left_works_nowhere(self, client_of, chloe, elsa, make_ticket):
        elsa.is_active = False
        elsa.save()
        page = words_of(client_of(chloe).get(url_of(make_ticket())))
        assert page.index("Sans agent") < page.index(f'<option value="{elsa.current_maison_id}">')

    @pytest.mark.parametrize("way", [send, sort])
    def test_a_place_without_agents_asks_and_says_who_will_see_it(
        self, client_of, chloe, make_ticket, bron, way
    ):
        ticket, client = make_ticket(topic="rsa-demande"), client_of(chloe)
        asked = way(client, ticket, bron)
        assert asked.status_code == 422
        assert (
            f"Personne ne travaille à {bron.label} : seule l’équipe centrale verra la demande."
            in words_of(asked)
        )
        assert f'name="confirmed" value="{bron.pk}"' in words_of(asked)
        ticket.refresh_from_db()
        assert ticket.maison != bron
        assert way(client, ticket, bron, confirmed=bron.pk).status_code == 302
        ticket.refresh_from_db()
        assert ticket.maison == bron

    def test_what_was_confirmed_for_one_place_is_not_for_another(self, client_of, chloe, make_ticket, bron):
        ticket = make_ticket()
        other = Maison.objects.get(code="P58")
        assert send(client_of(chloe), ticket, bron, confirmed=other.pk).status_code == 422

    def test_many_at_once_ask_too_and_say_who_will_see_them(self, client_of, chloe, make_ticket, bron):
        tickets, client = [make_ticket(), make_ticket()], client_of(chloe)
        picks = [f"{ticket.pk}-1" for ticket in tickets]
        data = {"do": "reroute", "pick": picks, "maison": bron.pk, "reason": WHY}
        asked = client.post("/tri/lot/?vue=a-trier", data)
        assert asked.status_code == 422
        said = f"Personne ne travaille à {bron.label} : seule l’équipe centrale verra ces demandes."
        for words in (said, WHY, *(ticket.reference for ticket in tickets)):
            assert words in words_of(asked)
        assert not Ticket.objects.filter(maison=bron).exists()
        hidden = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', words_of(asked))
        place = str(bron.pk)
        again = {**data, "maison": place, "confirmed": place}
        assert {(name, value) for name, value in again.items() if name != "pick"} <= set(hidden)
        assert [value for name, value in hidden if name == "pick"] == picks
        assert client.post("/tri/lot/?vue=a-trier", again).status_code == 302
        assert Ticket.objects.filter(maison=bron).count() == 2

    def test_many_confirmed_for_another_place_ask_again(self, client_of, chloe, make_ticket, bron):
        other = Maison.objects.get(code="P58")
        data = {"do": "reroute", "pick": f"{make_ticket().pk}-1", "maison": bron.pk, "reason": WHY}
        asked = client_of(chloe).post("/tri/lot/", {**data, "confirmed": other.pk})
        assert asked.status_code == 422

    def test_A01_many_of_elsewhere_are_not_named(self, client_of, elsa, make_ticket, bron):
        data = {"do": "reroute", "pick": f"{make_ticket().pk}-1", "maison": bron.pk, "reason": WHY}
        assert client_of(elsa).post("/tri/lot/", data).status_code == 404


class TestReason:
    def test_is_asked_in_the_triage_too_beside_its_field(
        self, client_of, chloe, elsa, make_ticket, villeurbanne
    ):
        ticket = make_ticket(topic="rsa-demande")
        answer = sort(client_of(chloe), ticket, villeurbanne, reason=" ")
        assert answer.status_code == 422
        assert "Écrivez pourquoi, en quelques mots." in words_of(answer)
        assert "Accepter et voir la suivante" in words_of(answer)  # still in the triage
        assert f'value="{villeurbanne.pk}" selected' in words_of(answer)

    def test_is_kept_in_the_history(self, client_of, chloe, elsa, make_ticket, villeurbanne):
        ticket = make_ticket(topic="rsa-demande")
        sort(client_of(chloe), ticket, villeurbanne)
        assert WHY in words_of(client_of(elsa).get(url_of(ticket)))

    def test_is_not_asked_to_place_what_had_no_place(
        self, client_of, central, elsa, make_ticket, villeurbanne
    ):
        ticket = make_ticket(topic="rsa-demande", maison=None)
        assert sort(client_of(central), ticket, villeurbanne, reason="").status_code == 302


class TestUndo:
    @pytest.mark.parametrize("way", [send, sort])
    def test_names_the_place_and_takes_it_back_as_it_was(
        self, client_of, chloe, elsa, make_ticket, lyon_8, villeurbanne, way
    ):
        ticket, client = make_ticket(topic="rsa-demande"), client_of(chloe)
        page = client.get(way(client, ticket, villeurbanne).url)
        undo = page.context["undo"]
        assert villeurbanne.label in undo.text
        client.post(undo.action, {undo.name: undo.value})
        ticket.refresh_from_db()
        assert (ticket.maison, ticket.state) == (lyon_8, State.TO_SORT)

    def test_gives_it_back_to_its_agent(self, client_of, chloe, elsa, make_ticket, villeurbanne):
        ticket, client = make_ticket(assignee=chloe), client_of(chloe)
        undo = client.get(send(client, ticket, villeurbanne).url).context["undo"]
        client.post(undo.action, {undo.name: undo.value})
        ticket.refresh_from_db()
        assert (ticket.assignee, ticket.state) == (chloe, State.OPEN)

    def test_is_refused_once_a_colleague_follows_it(self, client_of, chloe, elsa, make_ticket, villeurbanne):
        ticket, client = make_ticket(), client_of(chloe)
        send(client, ticket, villeurbanne)
        there = Ticket.objects.get(pk=ticket.pk)
        services.take(ticket=there, by=elsa, at=timezone.now())
        answer = client.post(url_of(ticket, "revenir-au-lieu/"), {"version": there.version})
        assert answer.status_code == 422
        assert "Un collègue suit déjà cette demande" in words_of(answer)

    def test_A06_nobody_else_pulls_it_in(self, client_of, chloe, david, elsa, make_ticket, villeurbanne):
        ticket = make_ticket()
        send(client_of(chloe), ticket, villeurbanne)
        version = Ticket.objects.get(pk=ticket.pk).version
        assert (
            client_of(david).post(url_of(ticket, "revenir-au-lieu/"), {"version": version}).status_code == 404
        )
        answer = client_of(elsa).post(url_of(ticket, "revenir-au-lieu/"), {"version": version})
        assert answer.status_code == 422
        assert Ticket.objects.get(pk=ticket.pk).maison == villeurbanne


class TestManyAtOnce:
    def send(self, client, tickets, maison):
        picks = [f"{ticket.pk}-{ticket.version}" for ticket in tickets]
        data = {"do": "reroute", "pick": picks, "maison": maison.pk, "reason": WHY}
        return client.post("/tri/lot/?vue=a-trier", data)

    def test_are_named_with_their_place_and_taken_back_together(
        self, client_of, chloe, elsa, make_ticket, lyon_8, villeurbanne
    ):
        tickets, client = [make_ticket(), make_ticket()], client_of(chloe)
        undo = client.get(self.send(client, tickets, villeurbanne).url).context["undo"]
        assert undo.strong == f"2 demandes envoyées à {villeurbanne.label}."
        client.post(undo.action, {undo.name: undo.value})
        assert Ticket.objects.filter(maison=lyon_8).count() == 2

    def test_those_followed_there_are_named(self, client_of, chloe, elsa, make_ticket, villeurbanne):
        tickets, client = [make_ticket(), make_ticket()], client_of(chloe)
        undo = client.get(self.send(client, tickets, villeurbanne).url).context["undo"]
        services.take(ticket=Ticket.objects.get(pk=tickets[0].pk), by=elsa, at=timezone.now())
        answer = client.post(undo.action, {undo.name: undo.value}, follow=True)
        assert f"Sans changement : {tickets[0].reference}." in words_of(answer)
        assert Ticket.objects.filter(maison=villeurbanne).get().pk == tickets[0].pk

    def test_A02_others_are_neither_moved_nor_named(self, client_of, chloe, elsa, make_ticket, villeurbanne):
        ticket = make_ticket(maison=villeurbanne)
        answer = client_of(chloe).post("/tri/lot/reprendre/", {"back": ticket.reference}, follow=True)
        assert ticket.reference not in words_of(answer)
        assert Ticket.objects.get().maison == villeurbanne


class TestReading:
    def test_N11_the_sender_reads_it_for_a_day_and_changes_nothing(
        self, client_of, chloe, elsa, make_ticket, villeurbanne
    ):
        ticket, client = make_ticket(text="Une facture impayée."), client_of(chloe)
        send(client, ticket, villeurbanne)
        page = client.get(url_of(ticket))
        assert page.status_code == 200
        assert "Une facture impayée." in words_of(page)
        assert f"Vous avez envoyé cette demande à {villeurbanne.label}." in words_of(page)
        assert Reading.objects.filter(user=chloe, subject_id=ticket.pk, was_refused=False).exists()
        for path in ("prendre", "note", "lieu"):
            assert client.post(url_of(ticket, f"{path}/"), {"version": 2}).status_code == 404

    def test_takes_it_back_from_its_page(self, client_of, chloe, elsa, make_ticket, lyon_8, villeurbanne):
        ticket, client = make_ticket(), client_of(chloe)
        send(client, ticket, villeurbanne)
        version = client.get(url_of(ticket)).context["ticket"].version
        assert client.post(url_of(ticket, "revenir-au-lieu/"), {"version": version}).status_code == 302
        assert Ticket.objects.get(pk=ticket.pk).maison == lyon_8

    def test_A01_not_the_colleagues_nor_after_a_day(
        self, client_of, chloe, david, elsa, make_ticket, villeurbanne
    ):
        ticket = make_ticket()
        send(client_of(chloe), ticket, villeurbanne)
        assert client_of(david).get(url_of(ticket)).status_code == 404
        SentAway.objects.update(until=timezone.now() - timedelta(seconds=1))
        assert client_of(chloe).get(url_of(ticket)).status_code == 404

    def test_W13_nor_once_a_role_was_taken_away(
        self, client_of, chloe, admin, elsa, make_ticket, lyon_8, villeurbanne
    ):
        ticket, client = make_ticket(), client_of(chloe)
        send(client, ticket, villeurbanne)
        desk = {Grant(Role.FRONT_DESK, lyon_8.pk)}
        who = {"given_name": "Chloé", "family_name": "Martin", "email": ""}
        change_agent(user=chloe, grants=desk, by=admin, at=timezone.now(), **who)
        assert client.get(url_of(ticket)).status_code == 404

    def test_A06_what_others_merged_into_it_since_is_theirs(
        self, client_of, chloe, elsa, make_ticket, villeurbanne
    ):
        ticket, client = make_ticket(text="Une facture impayée."), client_of(chloe)
        send(client, ticket, villeurbanne)
        there = make_ticket(text="Une autre histoire.", maison=villeurbanne)
        services.merge_tickets(merged=there, survivor=ticket, is_two_persons=True, by=elsa, at=timezone.now())
        assert "Une autre histoire." in words_of(client_of(elsa).get(url_of(ticket)))
        page = words_of(client_of(chloe).get(url_of(ticket)))
        assert "Une facture impayée." in page
        assert "Une autre histoire." not in page

    def test_A02_it_enters_no_list_and_no_count(self, client_of, chloe, elsa, make_ticket, villeurbanne):
        ticket, client = make_ticket(sender="Nadia Kerbec"), client_of(chloe)
        send(client, ticket, villeurbanne)
        page = client.get("/tri/?vue=a-trier")
        assert "Nadia Kerbec" not in page.context["rows"]
        assert str(page.context["total"]) == "0"

    def test_A03_what_has_become_reserved_is_masked_for_a_manager(
        self, client_of, david, elsa, make_ticket, villeurbanne
    ):
        ticket, client = make_ticket(text="Une facture impayée."), client_of(david)
        send(client, ticket, villeurbanne)
        Ticket.objects.update(is_sensitive=True)
        assert "Une facture impayée." not in words_of(client.get(url_of(ticket)))
