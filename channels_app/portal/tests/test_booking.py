"""« Choisir un rendez-vous »: people book, move and cancel by their link, with no account."""

import re
from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.test import Client

from channels_app.portal import limits
from channels_app.portal.limits import Attempt, Limit
from requests_app.appointments.models import Appointment, AppointmentType, Hold
from requests_app.first_delay.models import AnnouncedDelay, SlotOffer, SlotSearch
from requests_app.maisons.opening import PARIS
from requests_app.outbox import links
from requests_app.outbox.models import Outgoing
from requests_app.people.models import AccessNeed
from requests_app.slots.models import Opening
from requests_app.slots.services import Choice, hold_choice
from requests_app.tickets.messages.acknowledgment import FOLLOW
from requests_app.tickets.models import State, ToDo

NOW = datetime(2027, 2, 26, 9, tzinfo=PARIS)
MONDAY = date(2027, 3, 1)
NINE = datetime(2027, 3, 1, 9, tzinfo=PARIS)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def kind(db):
    AppointmentType.objects.update(is_active=False)
    labels = {"label": "Une heure", "public_label": "Rendez-vous"}
    return AppointmentType.objects.create(code="une-heure", minutes=60, **labels)


@pytest.fixture
def open_agenda(kind, lyon_8, chloe):
    def make(agent=chloe, maison=lyon_8, **fields):
        hours = {"starts_on": MONDAY, "starts_at": time(9), "ends_on": MONDAY, "ends_at": time(12)}
        return Opening.objects.create(agent=agent, maison=maison, **hours | fields)

    return make


@pytest.fixture
def opened(open_agenda):
    return open_agenda()


@pytest.fixture
def ticket(make_ticket, amina):
    return make_ticket(person=amina)


def link_to(ticket, key="accuse:1"):
    links.link_for(key, FOLLOW, ticket.pk, NOW)
    return links.insert_links(links.PLACEHOLDER, Outgoing(key=key)).rpartition("/")[2]


class Phone:
    """A browser that has opened the link of a ticket."""

    def __init__(self, ticket, key="accuse:1"):
        self.client, self.secret, self.maison = Client(), link_to(ticket, key), ticket.maison_id

    def get(self, path="choisir/", **query):
        return words(self.client.get(f"/rendez-vous/{self.secret}/{path}", query))

    def post(self, path="choisir/", start=NINE, **fields):
        posted = {"sorte": "une-heure", "lieu": self.maison, "debut": start.isoformat()} | fields
        return self.client.post(f"/rendez-vous/{self.secret}/{path}", posted)

    def confirm(self, start=NINE, **fields):
        return self.post("choisir/confirmer/", start, **fields)

    def move(self, given, start, **fields):
        return self.confirm(start, rdv=given.pk, tour=given.round, **fields)


def words(answer):
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode()).replace("\u00a0", " ")
    return " ".join(plain.split())


@pytest.fixture
def phone(ticket):
    return Phone(ticket)


class TestChoose:
    def test_W06_shows_the_hours_and_changes_nothing(self, phone, opened, lyon_8):
        said = phone.get()
        for one in ("Lundi 1er mars", "9 h", "10 h", "11 h", "Rendez-vous, 60 minutes", lyon_8.address):
            assert one in said
        assert not SlotSearch.objects.exists()
        assert not Hold.objects.exists()

    def test_holds_in_words_then_books_with_no_account(self, phone, opened, ticket):
        assert "#garde" in phone.post().url
        assert "Gardé pour vous jusqu’à 9 h 10" in phone.get()
        assert phone.confirm().url == f"/rendez-vous/{phone.secret}/?fait=pris"
        given = Appointment.objects.get()
        assert (given.ticket, given.starts_at, given.booked_by) == (ticket, NINE, None)
        assert "Vous avez rendez-vous" in phone.get("", fait="pris")
        assert not Hold.objects.exists()

    @pytest.mark.parametrize(
        ("n", "days", "said"),
        [(5, 12, "environ 12 jours"), (9, 1, "environ 1 jour."), (5, 0, "moins d’un jour")],
    )
    def test_says_how_long_people_lately_waited(self, phone, opened, kind, lyon_8, n, days, said):
        given = {"maison": lyon_8, "type": kind, "day": NOW.date()}
        told = AnnouncedDelay.objects.create(n=n, median_days=days, **given)
        assert f"En ce moment, il faut attendre {said}" in phone.get()
        AnnouncedDelay.objects.filter(pk=told.pk).update(n=4)
        assert "il faut attendre" not in phone.get()

    def test_the_page_of_the_ticket_leads_there_and_back(self, phone, opened):
        address = f"/suivi/{phone.secret}/"
        assert "Choisir un rendez-vous" in words(phone.client.get(address))
        phone.confirm()
        assert "Voir ou changer mon rendez-vous" in words(phone.client.get(address))

    def test_records_what_was_offered_once(self, phone, opened, ticket):
        for hours in (0, 1):
            phone.post(start=NINE + hours * HOUR)
        assert (SlotSearch.objects.get().asker, SlotOffer.objects.get().count) == ("person", 3)

    def test_without_any_agenda_an_agent_proposes(self, phone, kind):
        assert "un agent vous propose une date" in phone.get()

    def test_nothing_free_here_makes_a_task(self, phone, open_agenda, villeurbanne, elsa, ticket):
        open_agenda(elsa, villeurbanne)
        said = phone.get()
        assert "Aucune heure libre ici" in said
        assert villeurbanne.address in said
        for _turn in range(2):
            assert "un agent cherche une date pour vous" in words(phone.post("choisir/rien/"))
        assert ToDo.objects.get(ticket=ticket, done_at=None).kind == ToDo.Kind.APPOINTMENT
        assert SlotSearch.objects.unanswered().count() == 1

    def test_another_place_is_booked_there(self, phone, open_agenda, villeurbanne, elsa):
        open_agenda(elsa, villeurbanne)
        phone.confirm(lieu=villeurbanne.pk)
        assert Appointment.objects.get().maison == villeurbanne

    def test_an_interpreter_takes_longer(self, phone, opened, amina):
        AccessNeed.objects.create(person=amina, kind=AccessNeed.Kind.INTERPRETER, said_at=NOW)
        assert "Rendez-vous, 90 minutes" in phone.get()
        phone.confirm()
        given = Appointment.objects.get()
        assert given.ends_at - given.starts_at == 1.5 * HOUR

    @pytest.mark.parametrize("change", [{"booked_by": "agent"}, {"for_whom": "follow_up"}, {"minutes": 240}])
    def test_only_what_is_given_to_them(self, phone, opened, change):
        AppointmentType.objects.filter(code="une-heure").update(**change)
        assert "10 h" not in phone.get()
        assert phone.confirm().status_code == 422
        assert not Appointment.objects.exists()

    def test_a_closed_ticket_books_nothing(self, phone, opened, ticket, chloe):
        ticket.__class__.objects.filter(pk=ticket.pk).update(
            state=State.CLOSED, outcome="answered", closed_at=NOW, closed_by=chloe
        )
        phone.confirm()
        assert not Appointment.objects.exists()

    def test_S06_a_link_moves_an_appointment_twenty_times_a_day(self, phone, opened, ticket):
        phone.confirm()
        given = Appointment.objects.get()
        limits.note(*[Attempt(limits.CHANGE_APPOINTMENT, ticket.reference)] * 18, at=NOW)
        assert phone.move(given, NINE + HOUR).status_code == 302
        refused = phone.post("annuler/")
        assert refused.status_code == 422
        assert "Trop de changements aujourd’hui." in words(refused)
        given.refresh_from_db()
        assert phone.move(given, NINE).status_code == 422
        with time_machine.travel(NOW + 25 * HOUR, tick=False):
            assert phone.post("annuler/").status_code == 302

    def test_W02_one_address_with_many_tickets_holds_no_whole_week(
        self, open_agenda, make_ticket, make_person, monkeypatch
    ):
        monkeypatch.setattr(limits, "BOOK_BY_ADDRESS", Limit("book_address", 3, HOUR))
        open_agenda(rrule="FREQ=DAILY;COUNT=5")
        phones = [
            Phone(make_ticket(person=make_person(family_name=f"R{rank}")), f"accuse:{rank}")
            for rank in range(5)
        ]
        said = [words(each.post(start=NINE + rank * 24 * HOUR)) for rank, each in enumerate(phones)]
        assert Hold.objects.count() == 3
        assert "Trop de rendez-vous depuis cette connexion" in said[3]
        assert phones[0].confirm().status_code == 422
        elsewhere = phones[4].client.post(
            f"/rendez-vous/{phones[4].secret}/choisir/",
            {"sorte": "une-heure", "lieu": phones[4].maison, "debut": (NINE + 96 * HOUR).isoformat()},
            REMOTE_ADDR="192.0.2.7",
        )
        assert elsewhere.status_code == 302
        with time_machine.travel(NOW + HOUR + timedelta(minutes=1), tick=False):
            assert phones[0].confirm().status_code == 302

    def test_W03_reads_nothing_else(self, phone, opened):
        for wrong in ("demain", "2027-03-01T09:00", "2027-99-01T09:00+01:00", "", "9" * 5000):
            assert phone.post(debut=wrong).status_code == 400
        past, far = NOW - HOUR, "2027-03-01T09:00:00+23:59"
        assert phone.post(debut=far).status_code == 422
        for change in (
            {"sorte": "autre"},
            {"lieu": "99999"},
            {"debut": past.isoformat()},
            {"debut": far},
            {"rdv": "7"},
        ):
            assert phone.confirm(**change).status_code == 422
        assert not Appointment.objects.exists()
        assert Client().get(f"/rendez-vous/{'x' * 22}/choisir/").status_code == 404


class TestGone:
    def test_says_so_and_shows_the_next_with_what_was_chosen(self, phone, opened, kind, make_ticket):
        hold_choice(choice=Choice(kind, opened.maison, NINE), ticket=make_ticket(), at=NOW)
        for answer in (phone.post(), phone.confirm()):
            said = words(answer)
            assert "Cette heure vient d’être prise. Voici les suivantes." in said
            assert "10 h" in said
            assert "Chloé" not in said
        assert not Appointment.objects.exists()

    def test_an_hour_no_longer_kept_still_serves_while_free(self, phone, opened):
        phone.post()
        with time_machine.travel(NOW + timedelta(minutes=11), tick=False):
            phone.confirm()
        assert Appointment.objects.get().starts_at == NINE

    def test_two_taps_and_two_devices_are_one(self, phone, opened, ticket):
        other = Phone(ticket)
        for each in (phone, phone, other):
            each.confirm()
        assert "Vous avez déjà un rendez-vous" in words(other.confirm(NINE + HOUR))
        assert Appointment.objects.get().starts_at == NINE


class TestChange:
    @pytest.fixture
    def given(self, phone, opened):
        phone.confirm()
        return Appointment.objects.get()

    def test_the_page_shows_the_next_hours(self, phone, given, open_agenda):
        open_agenda(
            rrule="FREQ=DAILY;COUNT=5",
            starts_on=MONDAY + timedelta(days=1),
            ends_on=MONDAY + timedelta(days=1),
        )
        said = phone.get("")
        assert "Choisissez une autre heure" in said
        assert "Mardi 2 mars à 9 h" in said

    def test_moves_twice_is_once(self, phone, given):
        for _tap in range(2):
            assert phone.move(given, NINE + HOUR).url.endswith("?fait=change")
        given.refresh_from_db()
        assert (given.starts_at, given.round) == (NINE + HOUR, 2)

    def test_a_change_made_on_another_device_is_told(self, phone, given):
        phone.move(given, NINE + HOUR)
        assert "Ce rendez-vous a changé" in words(phone.move(given, NINE + 2 * HOUR))
        given.refresh_from_db()
        assert given.starts_at == NINE + HOUR

    def test_cancelled_the_person_chooses_again(self, phone, given):
        phone.post("annuler/")
        assert "Choisir une autre date" in phone.get("")
        phone.confirm(NINE + HOUR)
        assert "10 h" in phone.get("")
        assert Appointment.objects.expected().get().starts_at == NINE + HOUR

    def test_one_that_only_an_agent_gives_is_not_moved(self, phone, given):
        AppointmentType.objects.filter(code="une-heure").update(booked_by="agent")
        assert "Choisissez une autre heure" not in phone.get("")
        phone.move(given, NINE + HOUR)
        given.refresh_from_db()
        assert given.starts_at == NINE


class TestSensitive:
    def test_W09_asks_for_a_code_first(self, phone, opened, ticket):
        ticket.__class__.objects.filter(pk=ticket.pk).update(is_sensitive=True)
        assert "10 h" not in phone.get()
        assert phone.confirm().url == "/suivi/code/"
        assert not Appointment.objects.exists()
