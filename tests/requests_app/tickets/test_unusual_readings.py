"""Unusual readings reach the agent's managers, once, and nobody clears their own (threats: A08)."""

from datetime import datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from requests_app.access.audit_log import Kind as Read
from requests_app.access.audit_log import log_access
from requests_app.access.glass import BreakGlassTarget, break_glass
from requests_app.access.models import ReadingAlert
from requests_app.access.scope import scope_of
from requests_app.accounts.models import Role, User
from requests_app.maisons.opening import PARIS
from requests_app.tickets.services import add_note
from requests_app.tickets.services.unusual_readings import watch_readings
from tests.markup import one_line

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 18, 15, tzinfo=PARIS)
PAGE = "/tableau-de-bord/exceptions/"
Kind = ReadingAlert.Kind


@pytest.fixture(autouse=True)
def that_wednesday():
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def read():
    def opened(user, *tickets, kind=Read.TICKET, at=None, **fields):
        for ticket in tickets:
            log_access(user=user, kind=kind, subject_id=ticket.pk, at=at or timezone.now(), **fields)

    return opened


def alerts(**fields):
    return list(ReadingAlert.objects.filter(**fields).exclude(kind=Kind.SAMPLE).order_by("pk"))


def watch(**later):
    return watch_readings(at=timezone.now() + timedelta(**later))


class TestLikeness:
    @pytest.mark.parametrize(
        ("family", "usage"),
        [("MARTIN", ""), ("Dupont", "martin"), ("Martin-Lebrun", ""), ("Mârtin", "")],
    )
    def test_A08_the_agent_s_family_name_is_told(self, make_person, make_ticket, read, chloe, family, usage):
        person = make_person(given_name="Zoé", family_name=family)
        person.usage_name = usage
        person.save()
        ticket = make_ticket(person=person)
        read(chloe, ticket)
        watch()
        [alert] = alerts()
        assert (alert.kind, alert.user, alert.reference) == (Kind.SAME_NAME, chloe, ticket.reference)

    def test_A08_so_is_the_page_of_the_person(self, make_person, read, chloe):
        read(chloe, make_person(given_name="Luc", family_name="Martin"), kind=Read.PERSON)
        watch()
        [alert] = alerts()
        assert (alert.subject_kind, alert.reference) == (Read.PERSON, "")

    @pytest.mark.parametrize("family", ["Martinez", "Saint-Mart", "", "De La Tour"])
    def test_another_family_is_not(self, make_person, make_ticket, read, chloe, family):
        read(chloe, make_ticket(person=make_person(given_name="Martin", family_name=family)))
        watch()
        assert alerts() == []

    def test_a_particle_is_no_family(self, make_agent, lyon_8, make_person, make_ticket, read):
        agent = make_agent("le", (Role.CASE_HANDLER, lyon_8), given_name="Yann", family_name="Le Goff")
        read(agent, make_ticket(person=make_person(family_name="Le Roux")))
        watch()
        assert alerts() == []

    def test_A08_the_agent_s_own_e_mail_is_told(self, make_person, make_ticket, read, chloe):
        chloe.email = "Chloe@Exemple.fr"
        chloe.save()
        read(chloe, make_ticket(person=make_person(family_name="Autre", email="chloe@exemple.fr")))
        read(chloe, make_ticket(sender="chloe@exemple.fr"))
        watch()
        assert [alert.kind for alert in alerts()] == [Kind.SAME_ADDRESS] * 2

    def test_I7_a_refused_reading_read_nothing(self, make_person, make_ticket, read, chloe):
        read(chloe, make_ticket(person=make_person(family_name="Martin")), was_refused=True)
        watch()
        assert alerts() == []


class TestMany:
    @pytest.fixture(autouse=True)
    def three(self, settings):
        settings.READINGS_OUTSIDE_WORK = 3

    def test_A08_many_tickets_outside_ones_work_are_told_with_their_number(self, make_ticket, read, chloe):
        read(chloe, *[make_ticket() for _ in range(4)])
        watch()
        [alert] = alerts()
        assert (alert.kind, alert.count, alert.subject_id) == (Kind.MANY, 4, 0)

    def test_work_is_not(self, make_ticket, read, chloe):
        mine, noted = [make_ticket(assignee=chloe) for _ in range(3)], make_ticket()
        add_note(ticket=noted, text="Vu.", by=chloe, at=timezone.now())
        read(chloe, *mine, noted, *[make_ticket() for _ in range(3)])
        watch()
        assert alerts() == []

    def test_nor_the_same_ticket_again_nor_those_of_another_day(self, make_ticket, read, chloe):
        again = make_ticket()
        read(chloe, *[again] * 6, make_ticket())
        read(chloe, *[make_ticket() for _ in range(3)], at=timezone.now() - timedelta(days=1))
        watch()
        assert alerts() == []


class TestTold:
    @pytest.fixture
    def told_later(self, make_person, make_ticket, read, chloe):
        def tell():
            read(chloe, make_ticket(person=make_person(family_name="Martin")))
            watch()
            [alert] = alerts()
            return alert

        return tell

    @pytest.fixture
    def told(self, told_later):
        return told_later()

    def test_A08_to_the_managers_of_the_agent_alone(self, david, make_agent, villeurbanne, told_later):
        make_agent("chief", (Role.MANAGER, villeurbanne))
        head = make_agent("head", (Role.MANAGER, None))
        assert set(told_later().notices.values_list("manager", flat=True)) == {david.pk, head.pk}

    def test_A08_a_manager_counts_and_clears_them(self, david, told_later, client_of):
        told = told_later()
        assert scope_of(david).to_review == 1
        client = client_of(david)
        page = unescape(client.get(PAGE).content.decode()).replace("\xa0", " ")
        assert "Même nom de famille que l’agent" in page
        assert told.reference in page
        client.post(PAGE + "vues/", {"lecture": str(told.pk)})
        assert scope_of(User.objects.get(pk=david.pk)).to_review == 0
        assert "David Roux" in client.get(PAGE).content.decode().partition('id="lectures"')[2]

    def test_A08_the_menu_and_the_board_name_readings_for_what_they_are(
        self, elsa, david, told_later, make_ticket, client_of
    ):
        told_later()
        page = one_line(client_of(david).get("/tableau-de-bord/").content.decode())
        assert '1<span class="visually-hidden"> lecture à regarder<' in page
        assert "1 lecture à regarder." in unescape(page).replace("\xa0", " ")
        assert "par exception à regarder" not in page
        opened = make_ticket()
        behind = BreakGlassTarget(opened.pk, opened.reference, opened.maison_id)
        break_glass(by=elsa, target=behind, motive="phone", reason="Elle est au téléphone", at=timezone.now())
        page = one_line(client_of(david).get("/tableau-de-bord/").content.decode())
        assert '2<span class="visually-hidden"> ouvertures par exception et lectures à regarder<' in page
        assert "1 demande ouverte par exception à regarder." in unescape(page).replace("\xa0", " ")

    def test_A08_a_manager_does_not_judge_their_own(
        self, david, make_agent, lyon_8, make_person, make_ticket, read, client_of
    ):
        other = make_agent("chief", (Role.MANAGER, lyon_8), given_name="Carole")
        read(david, make_ticket(person=make_person(family_name="Roux")))
        watch()
        [alert] = alerts()
        assert list(alert.notices.values_list("manager", flat=True)) == [other.pk]
        assert alert.reference not in client_of(david).get(PAGE).content.decode()

    def test_A02_a_manager_elsewhere_reads_nothing_of_it(self, told, make_agent, villeurbanne, client_of):
        chief = make_agent("chief", (Role.MANAGER, villeurbanne))
        assert told.reference not in client_of(chief).get(PAGE).content.decode()

    def test_I3_the_same_is_told_once(self, told, read, chloe):
        for hours in (1, 2, 26):
            assert watch(hours=hours) == 0
        assert ReadingAlert.objects.count() == 1

    def test_P02_stays_as_it_was_written(self, told):
        for change in (told.delete, lambda: ReadingAlert.objects.update(count=9)):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()


class TestSample:
    @pytest.fixture
    def month(self, make_ticket, read, chloe):
        tickets = [make_ticket() for _ in range(12)]
        read(chloe, *tickets, at=datetime(2026, 10, 20, 10, tzinfo=PARIS))
        return tickets

    def test_A08_some_of_last_month_are_drawn_once(self, month, david):
        assert watch() == 5
        drawn = ReadingAlert.objects.filter(kind=Kind.SAMPLE)
        assert {alert.day for alert in drawn} == {NOW.date()}
        assert {alert.reference for alert in drawn} <= {ticket.reference for ticket in month}
        assert watch(days=5) == 0
        assert scope_of(david).to_review == 5

    def test_A08_next_month_draws_again(self, month, make_ticket, read, chloe):
        watch()
        read(chloe, make_ticket())
        assert watch(days=20) == 1

    def test_costs_the_same_for_one_reading_as_for_twelve(self, month, make_ticket, read, chloe, make_person):
        read(chloe, make_ticket(person=make_person(family_name="Martin")))
        with CaptureQueriesContext(connection) as few:
            watch()
        read(chloe, *[make_ticket(person=make_person(family_name="Martin")) for _ in range(12)])
        with CaptureQueriesContext(connection) as many:
            watch()
        assert len(many) <= len(few)
