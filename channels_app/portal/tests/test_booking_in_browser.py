"""Amina books, moves and cancels on a telephone of 360 px: every tap is counted."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from channels_app.portal.tests.test_in_browser import Taps
from requests_app.appointments.models import Appointment, AppointmentType
from requests_app.outbox import links
from requests_app.outbox.models import Outgoing
from requests_app.slots.models import Opening
from requests_app.tickets.messages.acknowledgment import FOLLOW
from tests.browser import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
SHAPES = ((360, 740),)
State = Appointment.State


@pytest.fixture
def link(make_ticket, amina, lyon_8, villeurbanne, chloe, elsa):
    """The link of a message of Amina's, two agendas being open every day."""
    AppointmentType.objects.update(is_active=False)
    AppointmentType.objects.create(
        code="une-heure", label="Une heure", public_label="Rendez-vous", minutes=60
    )
    day = timezone.localdate() + timedelta(days=1)
    hours = {"starts_on": day, "starts_at": time(9), "ends_on": day, "ends_at": time(12)}
    for agent, maison in ((chloe, lyon_8), (elsa, villeurbanne)):
        Opening.objects.create(agent=agent, maison=maison, rrule="FREQ=DAILY;COUNT=9", **hours)
    links.link_for("accuse:1", FOLLOW, make_ticket(person=amina, maison=lyon_8).pk, timezone.now())
    return (
        "/suivi/" + links.insert_links(links.PLACEHOLDER, Outgoing(key="accuse:1")).rpartition("/")[2] + "/"
    )


@pytest.mark.parametrize("with_script", [True, False])
def test_books_moves_and_cancels_in_six_taps(browse, link, with_script):
    page = browse(None, link, **PHONE, java_script_enabled=with_script)
    taps, seen = Taps(page), []
    look = (lambda: seen.extend(violations(page, SHAPES))) if with_script else (lambda: None)
    taps.on("Choisir un rendez-vous", role="link")
    page.wait_for_url("**/choisir/")
    look()
    taps.on("9 h")
    page.get_by_text("Gardé pour vous").wait_for()
    look()
    taps.on("Confirmer")
    page.get_by_text("C’est noté").wait_for()
    look()
    first = Appointment.objects.get()
    page.locator("form[action$='/choisir/'] button").nth(1).click()
    taps.count += 1
    page.get_by_text("reste prévu jusque-là").wait_for()
    taps.on("Confirmer")
    page.get_by_text("C’est changé").wait_for()
    moved = Appointment.objects.get()
    assert moved.starts_at - first.starts_at == timedelta(days=1)
    taps.on("Je ne viendrai pas")
    page.get_by_text("est annulé").first.wait_for()
    look()
    assert (Appointment.objects.get().state, taps.count, seen) == (State.CANCELLED_BY_PERSON, 6, [])


def test_says_what_would_help_without_leaving_the_page(browse, link, amina):
    page = browse(None, link, **PHONE)
    page.get_by_role("link", name="Choisir un rendez-vous").click()
    page.get_by_text("Interprète, langue des signes").click()
    page.get_by_label("J’ai besoin d’un interprète").check()
    page.get_by_label("Votre langue").fill("Arabe")
    assert violations(page, ((320, 740), *SHAPES)) == []
    page.get_by_role("button", name="Noter mes besoins").click()
    page.get_by_text("C’est noté. L’agent").wait_for()
    page.get_by_text("Autres lieux").click()
    assert violations(page, SHAPES) == []
    assert [need.detail for need in amina.access_needs.all()] == ["Arabe"]
