"""« Rendez-vous » at « Suite ? »: the next slots at once, a number takes one, Enter confirms."""

import uuid
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


def test_without_any_agenda_the_desk_goes_on_and_says_why(save, client):
    answer = save(suite="rendez-vous")
    assert answer.url.startswith("/accueil/")
    assert "aucun agent n’a noté ses horaires" in client.get(answer.url).content.decode()
    assert "Souhaite un rendez-vous" in Ticket.objects.get().touchpoints.get().text


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_A03_a_ticket_that_the_desk_may_not_read_shows_no_slot_and_says_why(save, client, opened, headers):
    answer = save(suite="rendez-vous", motif="Maternité", sujet="pmi-consultation")
    assert answer.url.startswith("/accueil/")
    page = client.get(answer.url, headers=headers).content.decode()
    assert page.count("garde son agenda pour lui") == 1
    assert "Souhaite un rendez-vous" in Ticket.objects.get().touchpoints.get().text


class TestByPhone:
    def test_a_call_leads_to_the_same_slots(self, client_of, bruno, opened, lyon_8):
        fields = {"cle": str(uuid.uuid4()), "qui": "*", "personne": "anonyme", "sujet": "rsa-demande"}
        wanted = fields | {"motif": "RSA", "suite": "rendez-vous"}
        answer = client_of(bruno).post("/accueil/?pour=appel", wanted)
        ticket = Ticket.objects.get()
        assert answer.url == f"/demandes/{ticket.reference}/rendez-vous/?lieu={lyon_8.pk}"
        assert ticket.touchpoints.get().text == "Appel reçu.\nSouhaite un rendez-vous."

    def test_a_letter_has_no_such_button(self, client_of, bruno):
        client = client_of(bruno)
        assert 'data-key="F2"' in client.get("/accueil/?pour=appel").content.decode()
        assert 'data-key="F2"' not in client.get("/accueil/?pour=courrier").content.decode()


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


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_books_during_a_call_and_gives_no_second_one_after_back(browse, bruno, samira, opened):
    desk = browse(bruno, "/accueil/?pour=appel")
    keys = Keys(desk)
    keys.type("0639981234")
    keys.press("Enter")
    expect(desk.get_by_label("Qui ?")).to_have_value("Samira Benali")
    keys.type("rsa")
    keys.press("Enter", "F2")
    expect(desk.locator("#creneaux [data-key='1']")).to_be_focused()
    keys.press("1")
    expect(desk.get_by_role("button", name="Confirmer ce rendez-vous")).to_be_focused()
    keys.press("Enter")
    expect(desk.get_by_text("Rendez-vous donné.", exact=True)).to_be_visible()
    desk.go_back()
    expect(desk.get_by_text("Déjà prévu le")).to_be_visible()
    assert violations(desk) == []
    assert Appointment.objects.count() == 1
