"""« Je suis là » at the entrance: the arrival is noted, and a stranger learns nothing."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from requests_app.access.scope import scope_of
from requests_app.appointments.models import Appointment
from requests_app.appointments.services import undo
from requests_app.attendance.services import numbers
from requests_app.people.models import ContactPoint
from requests_app.tickets.deadlines import PARIS
from requests_app.visits import place_links
from requests_app.visits import services as visits
from requests_app.visits.board import board_of
from requests_app.visits.models import Visit
from requests_app.visits.selectors import queue_of

NOON = datetime(2026, 11, 26, 12, tzinfo=PARIS)
NUMBER = "06 39 98 12 34"
TOMORROW = NOON + timedelta(days=1)
SPELLINGS = (str, str.lower, lambda text: text[4:], lambda text: text.replace("-", " "))
NEITHER = ("", "  ", "Amina Benali", "Guillaume", "01", "\x00", "9" * 400, "LYN-", "amina@x.fr")
TO_DESK = "<h1>Adressez-vous à l’accueil</h1>"


@pytest.fixture
def secret(lyon_8):
    return place_links.create(purpose="arrival", maison_id=lyon_8.pk, at=NOON)


@pytest.fixture
def expected(make_appointment, make_ticket, amina, chloe):
    with time_machine.travel(NOON):
        ticket = make_ticket(person=amina, topic="rsa-demande")
        return make_appointment(ticket=ticket, agent=chloe, starts_at=NOON + timedelta(minutes=30))


@pytest.fixture
def phone(amina):
    where = {"person": amina, "kind": ContactPoint.Kind.PHONE, "value": "+33639981234"}
    ContactPoint.objects.get_or_create(**where)
    return NUMBER


@pytest.fixture
def say(client, secret):
    def post(typed, minutes=0, secret=secret):
        with time_machine.travel(NOON + timedelta(minutes=minutes), tick=False):
            path = reverse("public:arrival_expected", args=[secret])
            answer = client.post(path, {"numero": typed}, follow=True)
        return answer.content.decode().replace("\xa0", " ").partition("<main")[2]

    return post


def came_at(appointment):
    appointment.refresh_from_db()
    return appointment.came_at


class TestAnswer:
    @pytest.mark.parametrize("spell", SPELLINGS)
    def test_a_reference_notes_the_arrival(self, say, expected, spell):
        page = say(spell(expected.ticket.reference))

        assert "Merci, on vous appelle" in page
        assert came_at(expected) == NOON

    def test_P01_a_number_gets_the_same_answer_whoever_is_expected(self, say, expected, phone, amina):
        known, stranger = say(phone), say("06 39 98 77 66")

        assert came_at(expected) == NOON
        assert known == stranger
        assert "Si vous avez rendez-vous ici aujourd’hui, on vous appelle." in known

    def test_P01_says_no_name_no_hour_no_topic(self, say, expected, amina):
        page = say(expected.ticket.reference)

        for word in (amina.given_name, amina.family_name, "RSA", "12 h", expected.ticket.reference):
            assert word not in page

    def test_A03_a_protected_one_is_noted_and_not_told(self, say, expected, make_ticket, amina):
        Appointment.objects.update(ticket=make_ticket(person=amina, topic="enfance-danger"))
        expected.refresh_from_db()

        told = say(expected.ticket.reference)
        assert TO_DESK in told
        assert told == say("LYN-222222")
        assert came_at(expected) == NOON

    @pytest.mark.parametrize("change", [{"state": "cancelled_person"}, {"starts_at": TOMORROW}])
    def test_who_is_not_expected_goes_to_the_desk(self, say, expected, change):
        if "starts_at" in change:
            change = change | {"ends_at": change["starts_at"] + timedelta(minutes=30)}
        Appointment.objects.update(**change)

        assert TO_DESK in say(expected.ticket.reference)
        assert came_at(expected) is None

    def test_A02_somebody_expected_at_another_maison_goes_to_the_desk(self, say, expected, villeurbanne):
        Appointment.objects.update(maison=villeurbanne)

        assert TO_DESK in say(expected.ticket.reference)
        assert came_at(expected) is None

    @pytest.mark.parametrize("minutes", [-230, 29, 45, 100])
    def test_early_never_blocks_and_late_is_an_arrival(self, say, expected, minutes):
        with time_machine.travel(NOON + timedelta(minutes=minutes), tick=False):
            assert "on vous appelle" in say(expected.ticket.reference, minutes)
        assert came_at(expected) == NOON + timedelta(minutes=minutes)

    def test_twice_is_once(self, say, expected):
        told = say(expected.ticket.reference)
        assert "Merci, on vous appelle" in told
        assert told == say(expected.ticket.reference, 5)
        assert came_at(expected) == NOON

    def test_of_two_appointments_an_agent_finds_which(self, say, expected, make_appointment, chloe):
        make_appointment(ticket=expected.ticket, agent=chloe, starts_at=NOON + timedelta(hours=3))

        assert TO_DESK in say(expected.ticket.reference)
        assert not Appointment.objects.exclude(came_at=None).exists()

    @pytest.mark.parametrize("typed", NEITHER)
    def test_what_is_neither_says_what_to_write_and_is_not_shown_again(self, say, typed):
        page = say(typed)

        assert "Écrivez votre numéro de demande ou de téléphone." in page
        assert " value=" not in page.partition('id="numero"')[2].partition(">")[0]

    def test_W09_a_place_tried_too_often_sends_to_the_desk(self, say, expected, settings, phone):
        settings.LIMITS_ON = True
        for _each in range(61):
            say("06 39 98 77 66", 777)

        assert TO_DESK in say(phone, 777)


class TestNumber:
    def call(self, client, appointment, name="appel"):
        path = reverse("agenda:step", args=[appointment.ticket.reference, appointment.pk, name])
        with time_machine.travel(NOON + timedelta(minutes=31), tick=False):
            return client.post(path, {"tour": appointment.round}, follow=True).content.decode()

    @pytest.fixture
    def given(self, client, secret, expected):
        """The address that says their number."""
        with time_machine.travel(NOON, tick=False):
            path = reverse("public:arrival_expected", args=[secret])
            return client.post(path, {"numero": expected.ticket.reference}).url

    def open(self, client, path, at=NOON):
        with time_machine.travel(at, tick=False):
            return client.get(path)

    def test_W09_only_an_address_of_ours_says_a_number(self, client, secret, given):
        assert "A01" in self.open(client, given).content.decode()
        start, seal = given.rstrip("/").rsplit("/1:", 1)
        for invented in ("1", "2", f"2:{seal}", f"1:{seal[:-1]}", "9" * 5000, "0", "-1", "1:", ":"):
            answer = self.open(client, f"{start}/{invented}/")
            assert (answer.status_code, answer.url) == (302, f"/arrivee/{secret}/")

    def test_W09_a_number_is_said_on_its_day_at_its_place(self, client, secret, given, villeurbanne):
        other = place_links.create(purpose="arrival", maison_id=villeurbanne.pk, at=NOON)
        assert self.open(client, given.replace(secret, other)).url == f"/arrivee/{other}/"
        assert self.open(client, given, TOMORROW).url == f"/arrivee/{secret}/"
        place_links.revoke(purpose="arrival", maison_id=villeurbanne.pk, at=NOON)
        assert self.open(client, given.replace(secret, other)).status_code == 404

    def test_P01_the_page_of_a_number_reads_nothing_of_who_came(self, client, given, expected):
        before = self.open(client, given).content.partition(b"<main")[2]
        Visit.objects.all().delete()
        Appointment.objects.all().delete()
        assert self.open(client, given).content.partition(b"<main")[2] == before

    def test_is_said_to_the_person_and_called_on_the_screen(
        self, say, expected, client_of, chloe, client, lyon_8
    ):
        page = say(expected.ticket.reference)
        assert re.search(r"Votre numéro : <b[^>]*>A01</b>", page)
        Appointment.objects.update(room="Bureau 12")

        assert "Le numéro est appelé sur l’écran." in self.call(client_of(chloe), expected)
        [call] = board_of(lyon_8, NOON + timedelta(minutes=32)).calls
        assert (call.number, call.desk) == ("A01", "Bureau 12")

    def test_a_call_is_undone_and_leaves_the_screen(self, say, expected, client_of, chloe, lyon_8):
        say(expected.ticket.reference)
        client = client_of(chloe)
        assert "Annuler l’appel" in self.call(client, expected)
        said = self.call(client, expected, "appel-annule")
        assert "Le numéro n’est plus sur l’écran" in said
        assert "Annuler l’appel" not in said
        assert board_of(lyon_8, NOON + timedelta(minutes=32)).calls == []
        assert "Ce numéro n’est plus appelé." in self.call(client, expected, "appel-annule")

    @pytest.mark.parametrize(
        ("room", "desk"), [("Chez Mme Durand", "Accueil"), ("Salle 4", "Accueil"), ("b2", "Bureau B2")]
    )
    def test_P01_a_room_is_shown_only_when_it_is_a_number(self, say, expected, chloe, lyon_8, room, desk):
        say(expected.ticket.reference)
        expected.refresh_from_db()
        expected.room = room
        call = numbers.call(appointment=expected, by=chloe, at=NOON)

        assert board_of(lyon_8, NOON).calls[0].desk == desk
        assert call.state == Visit.State.CALLED

    def test_stands_in_no_queue_and_no_wait(self, say, expected, bruno, lyon_8):
        say(expected.ticket.reference)

        queue = queue_of(maison_id=lyon_8.pk, scope=scope_of(bruno), at=NOON)
        assert (queue.waiting, queue.mean_wait) == ([], None)
        assert visits.call_next(maison_id=lyon_8.pk, by=bruno, at=NOON) is None

    def test_an_arrival_undone_is_called_no_more_and_has_the_same_number_again(
        self, say, expected, chloe, client_of
    ):
        say(expected.ticket.reference)
        expected.refresh_from_db()
        undo(appointment=expected, by=chloe, at=NOON)

        assert Visit.objects.get().state == Visit.State.ABSENT
        assert "n’a pas de numéro" in self.call(client_of(chloe), expected)
        assert "A01" in say(expected.ticket.reference, 5)
        assert Visit.objects.get().state == Visit.State.WAITING

    def test_on_another_day_it_is_another_number(self, say, expected, chloe, make_touchpoint, lyon_8):
        say(expected.ticket.reference)
        expected.refresh_from_db()
        undo(appointment=expected, by=chloe, at=NOON)
        Appointment.objects.update(starts_at=TOMORROW, ends_at=TOMORROW + timedelta(minutes=30))
        visits.arrive(touchpoint=make_touchpoint(expected.ticket, at=NOON), maison_id=lyon_8.pk, at=TOMORROW)

        assert "A02" in say(expected.ticket.reference, 24 * 60)

    def test_a_mobile_number_and_a_protected_ticket_get_none(self, say, expected, phone, make_ticket, amina):
        say(phone)
        assert not Visit.objects.exists()
        assert "A01" in say(expected.ticket.reference)  # the same person, who has their paper
        Visit.objects.all().delete()
        Appointment.objects.update(ticket=make_ticket(person=amina, topic="enfance-danger"))
        expected.refresh_from_db()

        assert "A01" not in say(expected.ticket.reference)
        assert not Visit.objects.exists()

    def test_the_agenda_says_how_late_and_the_desk_gives_a_number_too(
        self, expected, client_of, bruno, chloe
    ):
        with time_machine.travel(NOON + timedelta(minutes=38), tick=False):
            desk = client_of(bruno).post(f"/accueil/attendus/{expected.pk}/venue/", follow=True)
            agenda = client_of(chloe).get("/agenda/")

        for page in (desk.content.decode(), agenda.content.decode()):
            assert re.search(r"rrivée à 12\sh\s38,\s+8 minutes de retard,\s+<b>A01</b>", page)


class TestAddress:
    def test_W09_the_poster_shows_the_code_of_an_address_until_it_is_revoked(self, client_of, admin, lyon_8):
        client, poster = client_of(admin), reverse("admin:maison_poster", args=[lyon_8.pk])
        assert client.get(poster).status_code == 404
        secret = place_links.create(purpose="arrival", maison_id=lyon_8.pk, at=timezone.now())
        page = client.get(reverse("admin:maisons_maison_change", args=[lyon_8.pk])).content.decode()

        assert f"/arrivee/{secret}/" in page
        assert poster in page
        assert "data:image/svg+xml" in client.get(poster).content.decode()
        assert client.get(f"/s/{secret}").url == f"/arrivee/{secret}/"
        place_links.revoke(purpose="arrival", maison_id=lyon_8.pk, at=timezone.now())
        assert client.get(f"/arrivee/{secret}/").status_code == 404

    def test_W09_the_address_of_the_screen_notes_no_arrival(self, say, expected, lyon_8):
        screen = place_links.create(purpose="screen", maison_id=lyon_8.pk, at=NOON)

        assert "Cette adresse n’est plus en service" in say(expected.ticket.reference, secret=screen)
        assert came_at(expected) is None

    def test_A09_agents_print_no_poster(self, client_of, david, lyon_8, secret):
        assert client_of(david).get(reverse("admin:maison_poster", args=[lyon_8.pk])).status_code != 200

    def test_an_invented_answer_is_not_found(self, client, secret):
        assert client.get(f"/arrivee/{secret}/reponse/autre/").status_code == 404
