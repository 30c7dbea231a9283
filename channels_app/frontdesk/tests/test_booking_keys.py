"""« Rendez-vous » at « Suite ? »: the next slots at once, a number takes one, Enter confirms."""

from datetime import time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from requests_app.appointments.models import Appointment, AppointmentType
from requests_app.slots.models import Opening
from requests_app.tickets.models import Ticket
from tests.browser import violations
from tests.keys import Keys


@pytest.fixture
def opened(db, lyon_8, chloe):
    """Chloé receives every morning from tomorrow on."""
    AppointmentType.objects.update(is_active=False)
    AppointmentType.objects.create(
        code="une-heure", label="Une heure", public_label="Rendez-vous", minutes=60
    )
    day = timezone.localdate() + timedelta(days=1)
    hours = {"starts_on": day, "starts_at": time(9), "ends_on": day, "ends_at": time(12)}
    return Opening.objects.create(agent=chloe, maison=lyon_8, rrule="FREQ=DAILY;COUNT=9", **hours)


def test_leads_to_the_slots_of_this_place(save, opened, lyon_8):
    answer = save(suite="rendez-vous")
    reference = Ticket.objects.get().reference
    assert answer.url == f"/demandes/{reference}/rendez-vous/?lieu={lyon_8.pk}"


def test_without_any_agenda_the_desk_goes_on(save):
    assert save(suite="rendez-vous").url.startswith("/accueil/")
    assert "Souhaite un rendez-vous" in Ticket.objects.get().touchpoints.get().text


def test_A03_a_ticket_that_the_desk_may_not_read_leads_nowhere(save, opened):
    answer = save(suite="rendez-vous", motif="Maternité", sujet="pmi-consultation")
    assert answer.url.startswith("/accueil/")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_books_for_a_known_person_in_twelve_keys(browse, bruno, samira, opened):
    desk = browse(bruno, "/accueil/")
    keys = Keys(desk)
    keys.type("ben")
    expect(desk.get_by_role("option").first).to_contain_text("Benali")
    keys.press("Enter")
    keys.type("rsa")
    expect(desk.get_by_role("option").first).to_contain_text("RSA")
    keys.press("Enter")
    keys.press("F2")
    first = desk.locator("#creneaux [data-key='1']")
    expect(first).to_be_focused()
    keys.press("1")
    expect(desk.get_by_role("button", name="Confirmer ce rendez-vous")).to_be_focused()
    assert violations(desk) == []
    keys.press("Enter")
    expect(desk.get_by_text("9 h").first).to_be_visible()
    given = Appointment.objects.get()
    assert (given.ticket.person, given.booked_by, keys.count) == (samira, bruno, 11)
