"""The page of a ticket opened by exception: asked from the search, read only, closed by itself (A04)."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from requests_app.access.glass import BreakGlassTarget, break_glass
from requests_app.access.models import BreakGlassGrant, Reading
from requests_app.accounts.models import Role
from requests_app.tickets.files import attach
from requests_app.tickets.inbound import SaidFile
from requests_app.tickets.models import Note, Ticket
from requests_app.www.backoffice.breakglass.glass_forms import seal
from tests.house.routes import ROUTES
from tests.staging import address_of

pytestmark = pytest.mark.django_db
WHY = "Madame est devant moi"
OPENED = {"backoffice:ticket", "backoffice:touchpoint_html", "backoffice:glass_end"}
HIDDEN = {name for name, route in ROUTES.items() if route.is_hidden and not name.startswith("intake:")}
OTHER_DOORS = sorted(HIDDEN - OPENED)


def words_of(answer):
    return unescape(answer.content.decode()).replace("\xa0", " ").replace("\u202f", " ")


def sealed_in(page):
    return re.findall(r'name="sealed" value="([^"]+)"', page)[0]


def search(client, asked):
    return words_of(client.post("/recherche/", {"q": asked}))


def ask(client, sealed, *, motive="desk", reason=WHY):
    return client.post("/ouvrir-avec-un-motif/", {"sealed": sealed, "motive": motive, "reason": reason})


@pytest.fixture
def desk(make_agent, villeurbanne):
    return make_agent("desk", (Role.FRONT_DESK, villeurbanne))


@pytest.fixture
def opened(make_ticket, amina):
    """A ticket of Lyon 8e, open to an agent of elsewhere: `opened(elsa)`."""

    def open_it(by, *, at=None, **fields):
        ticket = make_ticket(person=amina, **fields)
        behind = BreakGlassTarget(ticket.pk, ticket.reference, ticket.maison_id)
        break_glass(by=by, target=behind, motive="desk", reason=WHY, at=at or timezone.now())
        return ticket

    return open_it


class TestAsking:
    def test_A04_the_exact_number_offers_it_and_says_nothing_else(self, client_of, elsa, make_ticket, amina):
        ticket = make_ticket(person=amina, text="Ma facture est trop chère")
        page = search(client_of(elsa), ticket.reference)
        assert "est suivie dans un autre lieu" in page
        assert "Lyon 8" not in page.replace("Villeurbanne", "")
        assert "Benali" not in page
        assert "facture" not in page
        assert Reading.objects.get().was_refused

    def test_A04_a_reason_opens_it(self, client_of, elsa, make_ticket, amina):
        client, ticket = client_of(elsa), make_ticket(person=amina, text="Ma facture est trop chère")
        answer = ask(client, sealed_in(search(client, ticket.reference)))
        assert answer.url == f"/demandes/{ticket.reference}/"
        page = words_of(client.get(answer.url))
        until = timezone.localtime(BreakGlassGrant.objects.get().until)
        assert f"Ouverte par exception jusqu’à {until.hour} h {until:%M} :" in page
        assert WHY in page
        assert "Ma facture est trop chère" in page

    @pytest.mark.parametrize(
        ("motive", "reason", "says"),
        [
            ("", WHY, "Choisissez un motif"),
            ("desk", "", "Écrivez pourquoi"),
            ("desk", "urgent", "Écrivez pourquoi"),
        ],
    )
    def test_A04_without_one_the_form_comes_back(self, client_of, elsa, make_ticket, motive, reason, says):
        client, ticket = client_of(elsa), make_ticket()
        answer = ask(client, sealed_in(search(client, ticket.reference)), motive=motive, reason=reason)
        assert answer.status_code == 422
        assert says in words_of(answer)
        assert client.get(f"/demandes/{ticket.reference}/").status_code == 404

    def test_A01_nothing_opens_that_was_not_found(self, client_of, elsa, chloe, make_ticket):
        """Neither a made-up seal, nor a colleague's, nor an old one."""
        ticket = make_ticket()
        for sealed in ("", "x:y:z", seal(chloe, "ticket", ticket.pk)):
            assert ask(client_of(elsa), sealed).url == "/recherche/"
        assert not BreakGlassGrant.objects.exists()

    def test_A01_an_old_seal_opens_nothing(self, client_of, elsa, make_ticket, monkeypatch):
        client, ticket = client_of(elsa), make_ticket()
        sealed = sealed_in(search(client, ticket.reference))
        monkeypatch.setattr("requests_app.www.backoffice.breakglass.glass_forms.LIVES_S", -1)
        assert ask(client, sealed).url == "/recherche/"

    def test_A09_the_administrator_is_refused(self, client_of, admin, make_ticket):
        assert ask(client_of(admin), seal(admin, "ticket", make_ticket().pk)).status_code == 403


class TestPerson:
    """Found by what only they give: « who is it » is known, what they asked elsewhere is not."""

    @pytest.fixture
    def samira(self, make_person):
        born = {"birth_year": 1968, "birth_date": date(1968, 3, 12)}
        return make_person(given_name="Samira", family_name="Roux", phone="+33639981299", **born)

    @pytest.mark.parametrize("path", ["/recherche/", "/personnes/"])
    @pytest.mark.parametrize(
        ("asked", "is_offered"),
        [("06 39 98 12 99", True), ("samira roux 12/03/1968", True), ("samira roux", False)],
    )
    def test_A04_is_offered_for_an_exact_answer_only(
        self, client_of, elsa, make_ticket, samira, villeurbanne, path, asked, is_offered
    ):
        make_ticket(person=samira)
        make_ticket(person=samira, maison=villeurbanne)  # so that the name finds Samira too
        page = words_of(client_of(elsa).post(path, {"q": asked}))
        assert "Samira Roux" in page
        assert ("avec un motif" in page) == is_offered

    def test_A04_one_demand_opens_at_once(self, client_of, elsa, make_ticket, samira):
        client, ticket = client_of(elsa), make_ticket(person=samira, text="Ma facture est trop chère")
        answer = ask(client, sealed_in(search(client, "06 39 98 12 99")))
        assert answer.url == f"/demandes/{ticket.reference}/"
        assert "Ma facture est trop chère" in words_of(client.get(answer.url))

    def test_A04_several_are_listed_and_open_ones_come_first(
        self, client_of, elsa, make_ticket, samira, villeurbanne
    ):
        client, own = client_of(elsa), make_ticket(person=samira, maison=villeurbanne)
        tickets = [make_ticket(person=samira) for _ in range(8)]
        answer = ask(client, sealed_in(search(client, "06 39 98 12 99")))
        page = words_of(client.get(answer.url))
        assert answer.url == "/ouvrir-avec-un-motif/"
        assert sum(ticket.reference in page for ticket in tickets) == 6
        assert own.reference not in page
        assert BreakGlassGrant.objects.count() == 6

    def test_A03_the_desk_is_not_told_that_one_is_reserved(self, client_of, desk, make_ticket, samira):
        client, said = client_of(desk), []
        for topic in (None, "violences-conjugales"):
            if topic:
                make_ticket(person=samira, topic=topic)
            answer = ask(client, sealed_in(search(client, "06 39 98 12 99")))
            page = words_of(client.get(answer.url))
            said.append("rien que vous puissiez ouvrir" in page and "Motif réservé" not in page)
        assert said == [True, True]
        assert not BreakGlassGrant.objects.exists()
        assert Reading.objects.filter(kind="person", was_refused=True, why="exception").count() == 2

    def test_A04_without_a_reason_nothing_is_said(self, client_of, elsa, samira):
        client = client_of(elsa)
        answer = ask(client, sealed_in(search(client, "06 39 98 12 99")), reason="urgent")
        assert answer.status_code == 422

    def test_who_sees_everything_is_offered_nothing(self, client_of, central, make_ticket, samira):
        make_ticket(person=samira)
        assert "avec un motif" not in search(client_of(central), "06 39 98 12 99")

    def test_nothing_open_says_how_to_begin(self, client_of, elsa):
        assert "Aucune demande ouverte" in words_of(client_of(elsa).get("/ouvrir-avec-un-motif/"))


class TestReading:
    def test_A04_each_reading_names_its_exception(self, client_of, elsa, opened):
        ticket = opened(elsa)
        client = client_of(elsa)
        client.get(f"/demandes/{ticket.reference}/")
        client.get(f"/demandes/{ticket.reference}/")
        glass = BreakGlassGrant.objects.get()
        assert [(r.glass_id, r.was_refused) for r in Reading.objects.all()] == [(glass.pk, False)] * 2

    def test_A04_the_files_open_too_and_are_noted(self, client_of, elsa, opened, make_touchpoint):
        ticket = opened(elsa)
        touchpoint = make_touchpoint(ticket, html="<p>Bonjour</p>")
        attach(touchpoint, [SaidFile(name="note.txt", declared_type="text/plain", data=b"bonjour")])
        client = client_of(elsa)
        page = client.get(f"/demandes/{ticket.reference}/").content.decode()
        link = re.findall(r'href="(/fichiers/[^"]+)"', page)[0]
        assert b"".join(client.get(link).streaming_content) == b"bonjour"
        assert client.get(f"/demandes/{ticket.reference}/html/{touchpoint.pk}/").status_code == 200
        assert set(Reading.objects.values_list("glass", flat=True)) == {BreakGlassGrant.objects.get().pk}

    def test_A07_a_file_closes_with_it(self, client_of, elsa, opened, make_touchpoint):
        ticket = opened(elsa)
        attach(
            make_touchpoint(ticket), [SaidFile(name="note.txt", declared_type="text/plain", data=b"bonjour")]
        )
        client = client_of(elsa)
        page = client.get(f"/demandes/{ticket.reference}/").content.decode()
        link = re.findall(r'href="(/fichiers/[^"]+)"', page)[0]
        client.post(f"/demandes/{ticket.reference}/refermer/")
        assert client.get(link).status_code == 404

    def test_A03_the_desk_reads_nothing_that_is_reserved(self, client_of, desk, opened):
        ticket = opened(desk, topic="violences-conjugales", text="Il me frappe")
        page = words_of(client_of(desk).get(f"/demandes/{ticket.reference}/"))
        assert "Ouverte par exception" in page
        assert "Motif réservé" in page
        for hidden in ("frappe", "Benali", "iolence"):
            assert hidden not in page
        assert Reading.objects.get().was_refused

    def test_A04_a_case_handler_reads_a_reserved_one_to_protect(self, client_of, elsa, opened):
        ticket = opened(elsa, topic="violences-conjugales", text="Il me frappe")
        assert "Il me frappe" in words_of(client_of(elsa).get(f"/demandes/{ticket.reference}/"))

    def test_A04_is_404_again_after_half_an_hour(self, client_of, elsa, opened):
        ticket = opened(elsa, at=timezone.now() - timedelta(minutes=31))
        assert client_of(elsa).get(f"/demandes/{ticket.reference}/").status_code == 404
        assert Reading.objects.get().was_refused

    def test_A04_can_be_closed_before(self, client_of, elsa, opened):
        client, ticket = client_of(elsa), opened(elsa)
        client.post(f"/demandes/{ticket.reference}/refermer/")
        assert client.get(f"/demandes/{ticket.reference}/").status_code == 404
        assert client.post(f"/demandes/{ticket.reference}/refermer/").status_code == 404

    def test_A04_costs_no_statement_more_than_to_its_own(self, client_of, elsa, chloe, opened):
        ticket = opened(elsa)
        costs = []
        for who in (chloe, elsa):
            client = client_of(who)
            client.get(f"/demandes/{ticket.reference}/")
            with CaptureQueriesContext(connection) as seen:
                client.get(f"/demandes/{ticket.reference}/")
            costs.append(len(seen))
        assert costs[1] <= costs[0]


class TestReadOnly:
    """A06: nothing is pulled in. Every other door of the ticket answers as if it did not exist."""

    @pytest.mark.parametrize("name", OTHER_DOORS)
    def test_A06_every_other_door_stays_shut(self, client_of, stage, name):
        elsa, ticket = stage.users["elsa"], stage.ticket
        behind = BreakGlassTarget(ticket.pk, ticket.reference, ticket.maison_id)
        break_glass(by=elsa, target=behind, motive="desk", reason=WHY, at=timezone.now())
        before = Ticket.objects.values().get(pk=ticket.pk)
        for verb in sorted(ROUTES[name].verbs):
            answer = getattr(client_of(elsa), verb)(address_of(name, stage))
            assert answer.status_code in {403, 404}, (name, verb)
        assert Ticket.objects.values().get(pk=ticket.pk) == before
        assert not Note.objects.exists()

    def test_A04_the_page_offers_nothing_to_do(self, client_of, elsa, opened, make_appointment, chloe):
        ticket = opened(elsa)
        appointment = make_appointment(ticket=ticket, agent=chloe)
        page = words_of(client_of(elsa).get(f"/demandes/{ticket.reference}/"))
        main = page[page.index("<main") : page.index("</main>")]
        assert re.findall(r'action="([^"]+)"', main) == [f"/demandes/{ticket.reference}/refermer/"]
        assert f"/personnes/{ticket.person_id}/" not in main
        assert "/rendez-vous/" not in main
        assert "/accuse/" not in main
        assert 'href="/ouvrir-avec-un-motif/"' in main  # the way back to all those open
        assert appointment.type.label in main
        assert "Motif réservé" not in main

    def test_A06_a_demand_sent_to_ones_own_maison_is_handled_as_usual(
        self, client_of, elsa, opened, villeurbanne
    ):
        ticket = opened(elsa)
        Ticket.objects.filter(pk=ticket.pk).update(maison=villeurbanne)
        page = words_of(client_of(elsa).get(f"/demandes/{ticket.reference}/"))
        assert "Ouverte par exception" not in page
        assert "Note interne" in page
