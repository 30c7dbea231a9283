"""The week's exceptions, told to who answers for them (threats: A04)."""

import csv
import io
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from requests_app.access.audit_log import Kind, log_access
from requests_app.access.glass import BreakGlassTarget, break_glass
from requests_app.access.models import GlassNotice, Reading
from requests_app.accounts.models import Role, User
from requests_app.maisons.models import Maison
from requests_app.tickets.services.unusual_readings import watch_readings
from tests.browser import violations
from tests.markup import one_line

pytestmark = pytest.mark.django_db
PAGE = "/tableau-de-bord/exceptions/"
WEEK = timedelta(days=7)
WHY = "Madame demande où en est sa facture"


def words_of(answer):
    assert answer.status_code == 200
    return unescape(one_line(answer.content.decode())).replace("\xa0", " ").replace("\u202f", " ")


def monday():
    today = timezone.localdate()
    return today - timedelta(days=today.weekday())


@pytest.fixture
def broken(make_ticket, amina):
    def open_it(by, *, at=None, reason=WHY, **fields):
        ticket = make_ticket(person=amina, text="Ma facture est trop chère", **fields)
        behind = BreakGlassTarget(ticket.pk, ticket.reference, ticket.maison_id)
        return break_glass(by=by, target=behind, motive="phone", reason=reason, at=at or timezone.now())

    return open_it


@pytest.fixture
def chief(make_agent, villeurbanne):
    return make_agent("chief", (Role.MANAGER, villeurbanne), given_name="Carole", family_name="Chef")


class TestTold:
    @pytest.mark.parametrize("name", ["david", "chief", "central", "admin"])
    def test_A04_both_sides_and_who_answers_for_all_read_it(self, request, client_of, elsa, broken, name):
        who = request.getfixturevalue(name)
        glass = broken(elsa)
        page = words_of(client_of(who).get(PAGE))
        assert WHY in page
        for said in (
            "Elsa Garnier",
            glass.reference,
            "La personne est au téléphone",
            "Villeurbanne",
            "Lyon 8",
        ):
            assert said in page
        for hidden in ("trop chère", "Benali"):
            assert hidden not in page

    def test_A04_a_manager_of_elsewhere_reads_nothing_of_it(self, client_of, elsa, broken, make_agent):
        third = Maison.objects.current().exclude(code__in=["P84", "P108"]).first()
        other = make_agent("other", (Role.MANAGER, third))
        broken(elsa)
        page = words_of(client_of(other).get(PAGE))
        assert "Elsa Garnier" not in page
        assert "Aucune cette semaine" in page

    @pytest.mark.parametrize("name", ["bruno", "chloe", "elsa"])
    def test_A04_agents_read_no_report(self, request, client_of, name):
        assert client_of(request.getfixturevalue(name)).get(PAGE).status_code == 403

    def test_A04_the_menu_says_how_many_wait_at_no_cost(self, client_of, elsa, broken, david):
        client = client_of(david)
        client.get("/personnes/")
        with CaptureQueriesContext(connection) as before:
            client.get("/personnes/")
        broken(elsa)
        broken(elsa)
        with CaptureQueriesContext(connection) as after:
            page = words_of(client.get("/personnes/"))
        assert '2<span class="visually-hidden"> ouvertures par exception à regarder' in page
        assert len(after) == len(before)

    def test_A04_the_board_leads_there(self, client_of, elsa, broken, david):
        broken(elsa)
        page = words_of(client_of(david).get("/tableau-de-bord/"))
        assert "1 demande ouverte par exception" in page
        assert f'href="{PAGE}"' in page

    def test_the_administrator_gets_there_from_the_agents(self, client_of, admin):
        assert f'href="{PAGE}"' in words_of(client_of(admin).get("/agents/"))


class TestLooked:
    def test_A04_stays_until_the_manager_says_so(self, client_of, elsa, broken, david, chief):
        glass, client = broken(elsa), client_of(david)
        assert "1 ouverture à regarder." in words_of(client.get(PAGE))
        answer = client.post(f"{PAGE}vues/", {"vue": [glass.pk]}, follow=True)
        page = words_of(answer)
        assert "1 ouverture notée comme vue." in page
        assert "David Roux" in page
        assert "1 ouverture à regarder." in words_of(client_of(chief).get(PAGE))

    def test_A04_who_works_elsewhere_cannot_say_it_for_him(self, client_of, elsa, broken, chloe, central):
        glass = broken(elsa)
        assert client_of(chloe).post(f"{PAGE}vues/", {"vue": [glass.pk]}).status_code == 403
        client_of(central).post(f"{PAGE}vues/", {"vue": [glass.pk]})
        assert not GlassNotice.objects.exclude(seen_at=None).exists()

    def test_an_older_week_that_waits_is_named(self, client_of, elsa, broken, david):
        broken(elsa, at=timezone.now() - 2 * WEEK)
        page = words_of(client_of(david).get(PAGE))
        assert f"{PAGE}?semaine={monday() - 2 * WEEK}" in page

    @pytest.mark.parametrize("keys", [["x"], ["-1"], ["9" * 30], ["1"] * 501])
    def test_W04_takes_our_keys_only(self, client_of, david, keys):
        assert client_of(david).post(f"{PAGE}vues/", {"vue": keys}).status_code == 400


class TestWeek:
    def test_tells_a_week_apart(self, client_of, elsa, broken, david):
        now, old = broken(elsa), broken(elsa, at=timezone.now() - WEEK)
        client = client_of(david)
        page = words_of(client.get(PAGE))
        assert now.reference in page
        assert old.reference not in page
        page = words_of(client.get(f"{PAGE}?semaine={monday() - WEEK}"))
        assert old.reference in page
        assert now.reference not in page

    @pytest.mark.parametrize("asked", ["x", "2026-13-01", "2026-11-24", "2999-01-07", "0001-01-01", ""])
    def test_W04_takes_a_monday_that_was(self, client_of, david, asked):
        assert client_of(david).get(f"{PAGE}?semaine={asked}").status_code == 400

    def test_W04_takes_no_other_parameter(self, client_of, david):
        assert client_of(david).get(f"{PAGE}?user=1").status_code == 400

    def test_costs_the_same_for_one_as_for_ten(self, client_of, elsa, broken, david):
        client = client_of(david)
        broken(elsa)
        one = self.statements(client)
        for _ in range(9):
            broken(elsa)
        assert self.statements(client) == one

    def statements(self, client):
        client.get(PAGE)
        with CaptureQueriesContext(connection) as seen:
            client.get(PAGE)
        return len(seen)


class TestFile:
    def test_A04_holds_the_same_and_is_noted(self, client_of, elsa, broken, david):
        glass = broken(elsa, reason="=HYPERLINK(1) pour madame")
        answer = client_of(david).get(f"{PAGE}csv/")
        heads, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
        line = dict(zip(heads, row, strict=True))
        assert line["Agent"] == "Elsa Garnier"
        assert line["Demande"] == glass.reference
        assert line["Ses mots"].startswith("'=")
        assert Reading.objects.get(kind="export").why == f"exceptions csv {monday()}"

    def test_agents_take_no_file(self, client_of, chloe):
        assert client_of(chloe).get(f"{PAGE}csv/").status_code == 403


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_page_is_accessible_and_walked_by_the_keyboard(browse, elsa, broken, david):
    broken(elsa)
    page = browse(User.objects.get(pk=david.pk), PAGE)
    assert violations(page) == []
    page.get_by_role("button", name="J’ai regardé").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert GlassNotice.objects.get(manager=david).seen_at
    assert violations(page) == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_A08_readings_are_read_on_a_telephone(browse, chloe, david, make_person, make_ticket):
    now = timezone.now()
    opened = make_ticket(person=make_person(given_name="Zoé", family_name="Martin"))
    log_access(user=chloe, kind=Kind.TICKET, subject_id=opened.pk, at=now)
    watch_readings(at=now)
    page = browse(User.objects.get(pk=david.pk), PAGE)
    assert violations(page, shapes=((360, 800),)) == []
    readings = page.get_by_role("region", name="Lectures à regarder").last
    assert "Même nom de famille que l’agent" in readings.inner_text()
    assert readings.evaluate("box => box.scrollWidth <= box.clientWidth")
