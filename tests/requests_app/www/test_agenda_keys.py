"""The agenda in a real browser: by keys, for screen readers, on a telephone, without JavaScript."""

from datetime import timedelta

import pytest
from django.utils import timezone

from requests_app.appointments.models import Appointment
from requests_app.maisons.opening import PARIS, receives_during
from tests.browser import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def noon():
    return timezone.now().astimezone(PARIS).replace(hour=12, minute=0, second=0, microsecond=0)


@pytest.fixture
def open_day(lyon_8, noon):
    """A day to come on which Lyon 8e receives from ten to half past eleven."""
    days = (noon + timedelta(days=ahead) for ahead in range(7, 21))
    ten, end = {"hour": 10}, {"hour": 11, "minute": 30}
    return next(day.date() for day in days if receives_during(lyon_8, day.replace(**ten), day.replace(**end)))


@pytest.fixture
def two(make_ticket, make_appointment, chloe, bruno, noon):
    first = make_ticket(sender="Samira Kessler", topic="rsa-demande")
    make_appointment(ticket=first, agent=chloe, starts_at=noon - timedelta(hours=2), room="Bureau 3")
    make_appointment(ticket=make_ticket(sender="Paul Okafor"), agent=bruno, starts_at=noon)
    return first


def test_the_day_is_walked_by_keys(browse, bruno, two):
    page = browse(bruno, "/agenda/")
    focused = "document.activeElement.textContent"
    page.keyboard.press("j")
    assert "Okafor" in page.evaluate(focused)
    page.keyboard.press("j")
    assert "Kessler" in page.evaluate(focused)
    page.keyboard.press("k")
    assert "Okafor" in page.evaluate(focused)
    page.keyboard.press("Enter")
    page.wait_for_url("**/demandes/**")


def test_arrows_change_the_day_and_t_comes_back(browse, bruno, two, noon):
    page = browse(bruno, "/agenda/")
    page.keyboard.press("ArrowRight")
    page.wait_for_url(f"**jour={(noon + timedelta(days=1)).date()}")
    page.keyboard.press("t")
    page.wait_for_url(f"**jour={noon.date()}")


def test_a_short_appointment_still_says_where_it_stands(
    browse, bruno, chloe, make_ticket, make_appointment, noon
):
    ticket = make_ticket(sender="Samira Kessler")
    make_appointment(ticket=ticket, agent=chloe, starts_at=noon, ends_at=noon + timedelta(minutes=30))
    line = browse(bruno, "/agenda/").get_by_role("listitem").filter(has_text="Kessler")
    block, state = line.bounding_box(), line.get_by_text("Prévu").bounding_box()
    assert state["y"] + state["height"] <= block["y"] + block["height"]


@pytest.mark.parametrize("view", ["jour", "semaine"])
def test_everyone_can_read_it(browse, bruno, two, view):
    assert violations(browse(bruno, f"/agenda/?vue={view}")) == []


def test_the_form_and_the_card_can_be_read_by_everyone(browse, chloe, two):
    page = browse(chloe, f"/demandes/{two.reference}/")
    assert violations(page) == []
    page.keyboard.press("v")
    page.wait_for_url("**/rendez-vous/")
    assert violations(page) == []


def test_an_appointment_is_given_by_keys_alone(browse, chloe, two, open_day):
    page = browse(chloe, f"/demandes/{two.reference}/rendez-vous/")
    page.get_by_label("Jour", exact=True).fill(f"{open_day}")
    page.get_by_text("Pas de rendez-vous ce jour-là.").wait_for()
    page.get_by_label("Heure", exact=True).fill("10:00")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**#rendez-vous")
    assert Appointment.objects.filter(ticket=two).count() == 2


def press_on(page, name, *, within=120):
    """By the keyboard alone: go round with Tab until the control has focus, then press it."""
    for _turn in range(within):
        page.keyboard.press("Tab")
        focused = " ".join(page.evaluate("document.activeElement.textContent").split())
        if focused == name or focused.startswith(f"{name} "):
            page.keyboard.press("Enter")
            return
    raise AssertionError(name)


def told(page, sentence):
    page.locator(".undo strong", has_text=sentence).wait_for()


def test_given_taken_back_given_again_moved_and_moved_back_by_keys_alone(
    browse, chloe, two, make_ticket, open_day
):
    ticket = make_ticket(topic="rsa-demande")
    page = browse(chloe, f"/demandes/{ticket.reference}/")
    page.keyboard.press("v")
    page.wait_for_url("**/rendez-vous/")
    assert page.evaluate("document.activeElement.id") == "rdv_sorte"
    for turn, undone in ((1, True), (2, False)):
        page.get_by_label("Jour", exact=True).fill(f"{open_day}")
        page.get_by_label("Heure", exact=True).fill("10:00")
        page.keyboard.press("Control+Enter")
        told(page, "Rendez-vous donné.")
        assert ticket.appointments.count() == turn
        if undone:
            press_on(page, "Annuler", within=2)
            page.get_by_text("Le rendez-vous n’est plus donné.").wait_for()
            page.keyboard.press("v")
            page.wait_for_url("**/rendez-vous/")
    assert violations(page) == []  # with the notice
    press_on(page, "Changer")
    page.wait_for_url("**/rendez-vous/*/")
    assert page.evaluate("document.activeElement.id") == "rdv_jour"
    page.get_by_label("Heure", exact=True).fill("11:00")
    page.keyboard.press("Control+Enter")
    told(page, "Rendez-vous changé.")
    press_on(page, "Annuler", within=2)
    page.get_by_text("Le rendez-vous est comme avant.").wait_for()
    moved_back = ticket.appointments.latest("pk")
    assert f"{moved_back.starts_at.astimezone(PARIS):%H:%M}" == "10:00"


def test_who_came_is_noted_and_taken_back_by_keys_alone(browse, bruno, chloe, make_ticket, make_appointment):
    ticket, just_begun = make_ticket(), timezone.now() - timedelta(minutes=10)
    make_appointment(ticket=ticket, agent=chloe, starts_at=just_begun)
    page = browse(bruno, f"/demandes/{ticket.reference}/")
    press_on(page, "Arrivée")
    told(page, "Arrivée notée.")
    press_on(page, "Annuler", within=2)
    page.get_by_text("Le rendez-vous est comme avant.").wait_for()
    press_on(page, "Absente")
    told(page, "Absence notée.")


def test_an_appointment_is_given_without_javascript(browse, chloe, two, open_day):
    page = browse(chloe, f"/demandes/{two.reference}/rendez-vous/", java_script_enabled=False)
    page.get_by_label("Jour", exact=True).fill(f"{open_day}")
    page.get_by_label("Heure", exact=True).fill("10:00")
    page.get_by_role("button", name="Donner un rendez-vous").click()
    assert Appointment.objects.filter(ticket=two).count() == 2
