"""The counter by the keyboard: what Enter never does, what is said when nothing is found, who has arrived."""

import re
import time
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from requests_app.appointments.models import Appointment
from requests_app.tickets.models import Ticket, Touchpoint
from requests_app.visits.models import Visit
from tests.browser import submits, violations
from tests.keys import Keys

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(browse, bruno):
    return browse(bruno, "/accueil/")


@pytest.fixture
def expected(make_appointment, samira, chloe):
    """Samira's appointment, a moment from now, or a moment ago when midnight is near: on the same day."""
    now = timezone.localtime()
    is_late = (now.hour, now.minute) >= (23, 55)
    starts_at = now + (-1 if is_late else 1) * timedelta(minutes=4)
    return make_appointment(ticket=Ticket.objects.get(person=samira), agent=chloe, starts_at=starts_at)


class TestCombobox:
    @pytest.mark.parametrize("label", ["Qui ?", "Pourquoi ?"])
    @pytest.mark.parametrize("typed", ["", "xqzw", "benali"])
    def test_enter_never_sends_the_form(self, samira, desk, label, typed):
        sent = submits(desk)
        field = desk.get_by_label(label)
        field.fill("")
        field.press_sequentially(typed)
        for _again in range(3):
            desk.keyboard.press("Enter")
            desk.wait_for_timeout(150)
        assert sent() == 0
        assert not Visit.objects.exists()

    def test_says_that_nothing_is_found_and_goes_on(self, desk):
        field = desk.get_by_label("Pourquoi ?")
        field.press_sequentially("xqzwk")
        expect(desk.get_by_role("option", name="Rien trouvé.")).to_be_visible()
        expect(desk.locator("#annonce")).to_have_text("Rien trouvé.")
        assert violations(desk) == []
        field.press("ArrowDown")
        field.press("Enter")
        expect(field).to_have_value("xqzwk")
        field.fill("rsa")
        expect(desk.get_by_role("option", name="Rien trouvé.")).to_have_count(0)
        expect(desk.get_by_role("option").first).to_be_visible()


class TestArrivals:
    def test_N3_the_same_save_says_that_the_person_has_come_and_its_undo_takes_it_back(
        self, samira, expected, desk
    ):
        keys = Keys(desk)
        keys.type("benali")
        keys.press("Enter")
        keys.type("rsa")
        keys.press("Enter")
        keys.press("Control+Enter")
        notice = desk.get_by_role("group", name="Dernière visite")
        expect(notice).to_contain_text("Arrivée notée au rendez-vous de")
        assert keys.count == len("benali") + len("rsa") + 4  # those of any visit: an arrival costs none
        assert Appointment.objects.get().state == Appointment.State.CAME
        expect(desk.locator("#chiffres")).to_contain_text(re.compile(r"Visites aujourd.hui\xa0: 1\b"))
        desk.get_by_role("button", name="Annuler la visite").click()
        expect(desk.get_by_text("Visite annulée.")).to_be_visible()
        assert Appointment.objects.get().state == Appointment.State.BOOKED

    def test_arrived_empties_the_form_and_can_be_taken_back(self, samira, expected, desk):
        desk.get_by_label("Mot pour le service").fill("Vient avec sa fille")
        desk.get_by_label("Qui ?").press_sequentially("benali")
        desk.keyboard.press("Enter")
        desk.get_by_role("button", name="Arrivé au rendez-vous").click()
        notice = desk.get_by_role("group", name="Dernière arrivée")
        expect(notice).to_contain_text("Samira Benali")
        expect(desk.get_by_label("Qui ?")).to_have_value("")
        expect(desk.get_by_label("Qui ?")).to_be_focused()
        expect(desk.get_by_label("Mot pour le service")).to_have_value("")
        expect(desk.locator("#chiffres")).to_contain_text(re.compile(r"Visites aujourd.hui\xa0: 1\b"))
        assert violations(desk) == []
        desk.get_by_role("button", name="Annuler l’arrivée").click()
        expect(desk.get_by_text("L’arrivée n’est plus notée.")).to_be_visible()
        assert Appointment.objects.get().state == Appointment.State.BOOKED


class TestFigures:
    def test_two_keys_before_the_first_answer_complain_of_nothing(self, desk, save):
        for _visit in range(3):
            save()
        desk.reload()
        desk.get_by_role("heading", name="Accueil", exact=True).click()

        def later(route):
            time.sleep(0.3)
            route.continue_()

        desk.keyboard.press(" ")
        expect(desk.get_by_role("button", name="Reçu A01")).to_be_visible()
        expect(desk.locator(".htmx-added")).to_have_count(0)  # htmx binds what it swapped 20 ms later
        expect(desk.locator("#chiffres")).to_contain_text(re.compile(r"File\xa0: 2(?!\d)"))
        desk.route("**/accueil/file/*/*/", later)
        desk.keyboard.press("r")
        desk.keyboard.press("o")
        expect(desk.locator("#bureau")).to_contain_text("A01 noté reçu.")  # held requests go on meanwhile
        assert Visit.objects.get(number=1).state == "received"
        expect(desk.locator("#bureau [aria-busy=true]")).to_have_count(0)
        expect(desk.locator("[data-figures]")).to_have_count(0)

    def test_every_visit_of_the_day_counts_whatever_followed(self, desk, save):
        for suite in ("file", "repondu", "rendez-vous"):
            save(suite=suite)
        desk.reload()
        expect(desk.locator("#chiffres")).to_contain_text(re.compile(r"Visites aujourd.hui\xa0: 3\b"))
        Touchpoint.objects.update(occurred_at=timezone.now() - timedelta(days=1))
        desk.reload()
        expect(desk.locator("#chiffres")).to_contain_text(re.compile(r"Visites aujourd.hui\xa0: 0\b"))
