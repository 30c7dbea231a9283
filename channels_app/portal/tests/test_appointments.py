"""« Voir ou changer »: what the link of a message opens, and what it never does by itself."""

import re
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import OperationalError
from django.test import Client

from channels_app.intake import services as intake
from channels_app.intake.models import Arrival
from channels_app.portal.appointments import PURPOSE_OF_LINK
from channels_app.portal.services import send_codes
from requests_app.appointments import services
from requests_app.appointments.models import Appointment, AppointmentType
from requests_app.maisons.opening import PARIS
from requests_app.outbox import links
from requests_app.outbox.models import Outgoing, SecretLink
from requests_app.tickets.models import Event, Ticket, Touchpoint
from tests.browser import violations

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=PARIS)
THURSDAY = datetime(2026, 11, 26, 10, 30, tzinfo=PARIS)
KEY = "confirmation:appointment-1.1"
State = Appointment.State


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def given(clock, make_appointment, make_ticket, amina, chloe):
    ticket = make_ticket(person=amina, topic="rsa-demande")
    return make_appointment(ticket=ticket, agent=chloe, starts_at=THURSDAY, room="Bureau 3")


def link_to(appointment, at=NOW):
    links.link_for(KEY, PURPOSE_OF_LINK, appointment.pk, at)
    return links.insert_links(links.PLACEHOLDER, Outgoing(key=KEY)).rpartition("/")[2]


@pytest.fixture
def page(given):
    return f"/rendez-vous/{link_to(given)}/"


def text(answer):
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode()).replace("\u00a0", " ")
    return " ".join(plain.split())


class TestByPhone:
    @pytest.fixture
    def page(self, page):
        AppointmentType.objects.update(is_by_phone=True)
        return page

    def test_it_says_who_calls_and_at_which_number(self, client, given, page):
        shown = text(client.get(page))
        number = given.ticket.person.contact_points.get(kind="phone").value
        assert "Par téléphone : nous vous appelons, ne venez pas." in shown
        assert f"qui finit par {number[-2:]}." in shown
        assert number[-4:] not in shown
        assert given.maison.address not in shown
        assert "Itinéraire" not in shown
        assert "Je répondrai" in shown

    def test_without_a_number_it_asks_for_one(self, client, given, page):
        given.ticket.person.contact_points.filter(kind="phone").delete()
        assert "Nous n’avons pas votre numéro." in text(client.get(page))

    def test_confirmed_nobody_is_expected_at_the_place(self, client, given, page):
        answer = client.post(f"{page}confirmer/", follow=True)
        assert "Nous vous appellerons." in text(answer)
        assert "Nous vous attendons" not in text(answer)


class TestShow:
    def test_the_short_link_of_a_message_leads_there(self, client, given, page):
        answer = client.get(f"/s/{page.split('/')[2]}", follow=True)
        assert answer.redirect_chain[-1][0] == page
        said = text(answer)
        assert "Jeudi 26 novembre à 10 h 30" in said
        assert given.maison.address in said

    def test_S07_says_nothing_of_the_demand(self, client, page):
        said = text(client.get(page))
        for word in ("RSA", "Benali", "Chloé", "Bureau 3", "LYN-"):
            assert word not in said

    def test_W11_finished_with_on_this_computer_it_asks_for_a_code_there(self, client, given, page):
        assert client.post(f"{page}fini/").url == "/suivi/fini/"
        assert "26 novembre" not in text(client.get(page))
        client.post(f"{page}annuler/")
        assert Appointment.objects.get().is_expected
        assert "26 novembre" in text(Client().get(page))

    def test_W06_reading_changes_nothing_however_often(self, client, given, page):
        before = Appointment.objects.values().get()
        for verb in (client.get, client.head):
            for path in ("", "confirmer/", "annuler/", "retablir/", "autre-date/"):
                assert verb(f"{page}{path}").status_code == (405 if path else 200)
        assert Appointment.objects.values().get() == before
        assert not Event.objects.exists()

    def test_W09_is_kept_from_caches_robots_and_the_next_site(self, client, page):
        headers = client.get(page).headers
        assert headers["Referrer-Policy"] == "same-origin"
        assert "no-store" in headers["Cache-Control"]
        assert "noindex" in headers["X-Robots-Tag"]

    @pytest.mark.parametrize("change", [{"expires_at": NOW}, {"revoked_at": NOW}, {"purpose": "screen"}])
    def test_W09_an_ended_link_says_the_same_as_a_made_up_one(self, client, page, change):
        SecretLink.objects.update(**change)
        ended, made_up = client.get(page), client.get(f"/rendez-vous/{'x' * 22}/")
        assert (ended.status_code, text(ended)) == (made_up.status_code, text(made_up))
        assert client.post(f"{page}annuler/").status_code == 404

    def test_the_address_without_a_link_says_how_to_come(self, client, db):
        assert "Ouvrez le lien du dernier message" in text(client.get("/rendez-vous/"))

    def test_adds_to_a_calendar(self, client, page):
        answer = client.get(f"{page}fichier/")
        assert answer["Content-Type"].startswith("text/calendar")
        assert b"DTSTART:20261126T093000Z" in answer.content

    def test_gives_the_way(self, client, given, page):
        lat = f"{given.maison.lat:.6f}"
        assert f"https://www.openstreetmap.org/directions?to={lat}%2C" in client.get(page).content.decode()


class TestAct:
    def test_confirms_by_a_button(self, client, given, page):
        said = text(client.post(f"{page}confirmer/", follow=True))
        assert "C’est confirmé." in said
        given.refresh_from_db()
        assert given.state == State.CONFIRMED

    def test_M05_words_with_a_nul_are_kept_without_it(self, client, given, page):
        assert client.post(f"{page}autre-date/", {"quand": "mardi\x00 matin"}).status_code == 302
        assert given.ticket.touchpoints.get(channel="portal").text == "mardi matin"

    def test_cancels_and_takes_it_back(self, client, given, page):
        said = text(client.post(f"{page}annuler/", follow=True))
        assert "Le rendez-vous est annulé." in said
        given.refresh_from_db()
        assert given.state == State.CANCELLED_BY_PERSON
        assert "de nouveau prévu" in text(client.post(f"{page}retablir/", follow=True))
        given.refresh_from_db()
        assert given.state == State.BOOKED

    def test_a_place_given_meanwhile_is_not_taken_back(
        self, client, given, page, make_appointment, make_ticket
    ):
        client.post(f"{page}annuler/")
        make_appointment(ticket=make_ticket(), agent=given.agent, starts_at=THURSDAY)
        answer = client.post(f"{page}retablir/")
        assert answer.status_code == 422
        assert "Il y a un problème" in text(answer)

    def test_twice_is_once(self, client, given, page):
        for _turn in range(2):
            assert client.post(f"{page}confirmer/").status_code == 302
        assert Event.objects.count() == 1

    def test_asks_for_another_date_in_her_words(self, client, given, page):
        said = text(client.post(f"{page}autre-date/", {"quand": "mardi matin"}, follow=True))
        assert "Votre demande est enregistrée." in said
        words = Touchpoint.objects.get(ticket=given.ticket, channel="portal")
        assert (words.text, words.direction) == ("mardi matin", "in")
        given.refresh_from_db()
        assert given.state == State.BOOKED

    @pytest.mark.parametrize("typed", ["", "   ", "x" * 2001])
    def test_says_what_to_write_and_keeps_it(self, client, page, typed):
        answer = client.post(f"{page}autre-date/", {"quand": typed})
        assert answer.status_code == 422
        assert "Écrivez quand vous pouvez venir, par exemple : mardi matin." in text(answer)
        assert typed.strip() in answer.content.decode()

    def test_a_passed_one_can_only_be_read(self, client, given, page):
        with time_machine.travel(THURSDAY + timedelta(minutes=1), tick=False):
            assert "Ce rendez-vous est passé." in text(client.get(page))
            assert client.post(f"{page}annuler/").status_code == 422

    def test_one_that_the_service_cancelled_stays_so(self, client, given, page, chloe):
        services.call_off(appointment=given, reason="Réunion", by=chloe, at=NOW)
        said = text(client.get(page))
        assert "n’est plus prévu" in said
        assert "Réunion" not in said
        assert client.post(f"{page}retablir/").status_code == 422

    def test_an_unknown_step_is_not_found(self, client, page):
        assert client.post(f"{page}effacer/").status_code == 404


class TestSensitive:
    """The link alone shows nothing; a code to the contact on file opens the page, as for a ticket (W09)."""

    @pytest.fixture
    def hidden(self, given, page):
        Ticket.objects.update(is_sensitive=True)
        return page

    @pytest.fixture
    def ask(self, client, hidden):
        """Ask for a code; gives the one that was sent."""

        def press():
            assert client.post(f"{hidden}code/").url == "/suivi/code/"
            send_codes(at=NOW + timedelta(seconds=10))
            outgoing = Outgoing.objects.filter(kind=Outgoing.Kind.CODE).latest("pk")
            return re.findall(r": (\d{6})", links.insert_links(outgoing.payload["text"], outgoing))[0]

        return press

    def test_W09_the_link_alone_shows_nothing(self, client, given, hidden):
        said = text(client.get(hidden))
        assert "Recevoir un code" in said
        assert "novembre" not in said
        assert given.maison.address not in said
        assert "text/calendar" not in client.get(f"{hidden}fichier/")["Content-Type"]

    def test_W09_nor_does_it_act(self, client, hidden):
        for path, data in (("confirmer/", {}), ("annuler/", {}), ("autre-date/", {"quand": "mardi"})):
            assert client.post(f"{hidden}{path}", data).url == "/suivi/code/"
        assert Appointment.objects.get().state == State.BOOKED
        assert not Touchpoint.objects.filter(channel="portal").exists()

    def test_W09_the_code_opens_the_whole_page(self, client, given, ask):
        code = ask()
        assert "Voir mon rendez-vous" in text(client.get("/suivi/code/"))
        opened = client.post("/suivi/code/", {"code": code}, follow=True)
        assert given.maison.address in text(opened)
        sure = opened.redirect_chain[-1][0]
        assert client.get(f"{sure}fichier/")["Content-Type"].startswith("text/calendar")
        assert "C’est confirmé." in text(client.post(f"{sure}confirmer/", follow=True))

    def test_W09_the_code_goes_to_the_contact_on_file(self, ask, amina):
        ask()
        sent = Outgoing.objects.get(kind=Outgoing.Kind.CODE)
        assert sent.contact_point.person == amina

    def test_W09_opens_for_half_an_hour_and_only_this_appointment(self, client, ask):
        answer = client.post("/suivi/code/", {"code": ask()})
        with time_machine.travel(NOW + timedelta(minutes=31), tick=False):
            assert client.get(answer.url).status_code == 404
        secret = answer.url.split("/")[2]
        assert client.get(f"/suivi/{secret}/").status_code == 404

    def test_W09_five_tries_then_a_wait_whoever_makes_them(self, client, ask, settings):
        settings.LIMITS_ON = True
        code = ask()
        answers = [client.post("/suivi/code/", {"code": "000000x"}).status_code for _turn in range(5)]
        assert answers == [200] * 5
        assert client.post("/suivi/code/", {"code": code}).status_code == 429

    def test_W09_five_codes_an_hour_then_a_wait(self, client, hidden, settings):
        settings.LIMITS_ON = True
        answers = [client.post(f"{hidden}code/").status_code for _turn in range(6)]
        assert answers == [302] * 5 + [429]

    def test_W09_a_code_of_another_browser_opens_nothing(self, ask):
        code = ask()
        assert Client().post("/suivi/code/", {"code": code}).url == "/suivi/"

    def test_W09_asking_costs_what_a_demand_costs(self, client, hidden, django_assert_num_queries):
        with django_assert_num_queries(5):  # the link, the appointment, the limits twice, the ask
            client.post(f"{hidden}code/")


class TestOtherDate:
    """The words are stored before they are understood (I1), once (I3, W01), whatever is away."""

    def ask(self, client, page, words="mardi matin", **data):
        return client.post(f"{page}autre-date/", {"quand": words, "cle": str(uuid4()), **data})

    def test_I1_the_words_are_kept_raw_then_join_the_demand(self, client, given, page):
        self.ask(client, page)
        arrival = Arrival.objects.get()
        assert (arrival.state, arrival.channel) == (Arrival.State.HEARD, "portal")
        words = Touchpoint.objects.get(ticket=given.ticket, channel="portal")
        assert (words.text, words.subject) == ("mardi matin", "Autre date de rendez-vous")
        assert words.facts["appointment"] == given.pk

    def test_W01_I3_the_same_form_twice_is_once(self, client, given, page):
        key = re.findall(r'name="cle" value="([^"]+)"', client.get(page).content.decode())[0]
        for _turn in range(3):
            assert self.ask(client, page, cle=key).status_code == 302
        assert Arrival.objects.count() == Touchpoint.objects.filter(channel="portal").count() == 1

    def test_I2_what_was_not_understood_at_once_is_heard_by_the_sweep(self, client, given, page, monkeypatch):
        def away(**_given):
            raise OperationalError

        monkeypatch.setattr("channels_app.intake.services.immediate.process", away)
        assert self.ask(client, page).status_code == 302
        assert not Touchpoint.objects.filter(channel="portal").exists()
        intake.sweep(at=NOW + timedelta(minutes=1))
        assert Touchpoint.objects.get(ticket=given.ticket, channel="portal").text == "mardi matin"

    def test_F04_the_database_away_gives_back_the_words_and_the_phone_number(
        self, client, page, monkeypatch, settings
    ):
        def away(*_args, **_given):
            raise OperationalError

        monkeypatch.setattr("channels_app.portal.views.appointments.opened_by", away)
        answer = self.ask(client, page, "mercredi après-midi")
        assert answer.status_code == 503
        assert "mercredi après-midi" in answer.content.decode()
        assert settings.AUTHORITY_PHONE in text(answer)

    def test_F04_a_page_left_open_too_long_gives_back_the_words(self, page):
        strict = Client(enforce_csrf_checks=True)
        answer = self.ask(strict, page, "mercredi après-midi")
        assert answer.status_code == 403
        assert "mercredi après-midi" in answer.content.decode()

    def test_asked_once_the_demand_is_answered_it_still_joins_it(self, client, given, page):
        Ticket.objects.update(answered_at=NOW)
        self.ask(client, page)
        assert Touchpoint.objects.get(channel="portal").ticket == given.ticket


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
class TestInBrowser:
    @pytest.fixture
    def open_link(self, browse, chloe, make_appointment, make_ticket):
        def go(**options):
            starts_at = datetime.now(PARIS) + timedelta(days=3)
            given = make_appointment(ticket=make_ticket(), agent=chloe, starts_at=starts_at)
            links.link_for(KEY, PURPOSE_OF_LINK, given.pk, datetime.now(PARIS))
            secret = links.insert_links(links.PLACEHOLDER, Outgoing(key=KEY)).rpartition("/")[2]
            return browse(chloe, f"/s/{secret}", **options)

        return go

    def test_everyone_can_read_it(self, open_link):
        page = open_link()
        assert violations(page) == []
        page.get_by_role("button", name="Je ne viendrai pas").click()
        page.get_by_role("button", name="Finalement, je viendrai").wait_for()
        assert violations(page) == []

    def test_one_tap_confirms_without_javascript(self, open_link):
        page = open_link(java_script_enabled=False, viewport={"width": 320, "height": 640})
        page.get_by_role("button", name="Je viendrai").click()
        assert page.get_by_text("C’est confirmé.").is_visible()
