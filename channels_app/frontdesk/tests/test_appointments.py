"""Who has an appointment and comes to the desk."""

from datetime import datetime, timedelta

import pytest
import time_machine

from channels_app.frontdesk.tokens import person_token
from requests_app.appointments.models import Appointment
from requests_app.maisons.opening import PARIS

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 26, 12, tzinfo=PARIS)


@pytest.fixture
def expected(make_appointment, make_ticket, amina, chloe):
    """Soon, on the day: at five to midnight a moment later is another day."""
    with time_machine.travel(NOON):
        ticket = make_ticket(person=amina, topic="rsa-demande")
        yield make_appointment(ticket=ticket, agent=chloe, starts_at=NOON + timedelta(minutes=1))


def shown(client, person, agent):
    return client.get("/accueil/personne/", {"personne": person_token(person.pk, agent)}).content.decode()


def test_the_desk_sees_the_appointment_of_the_day(client_of, bruno, amina, expected):
    page = shown(client_of(bruno), amina, bruno)
    assert "Son rendez-vous aujourd’hui" in page
    assert "Chloé Martin" in page


def test_arrived_in_one_press_and_taken_back(client_of, bruno, expected):
    client = client_of(bruno)
    path = f"/accueil/rendez-vous/{expected.pk}/"
    answer = client.post(f"{path}venue/", headers={"HX-Request": "true"}, follow=True)
    assert "Annuler l’arrivée" in answer.content.decode()
    assert "Arrivée notée\xa0: Amina Benali." in answer.content.decode()
    expected.refresh_from_db()
    assert expected.state == Appointment.State.CAME
    client.post(f"{path}remettre/")
    expected.refresh_from_db()
    assert expected.state == Appointment.State.BOOKED


def test_A02_not_at_another_counter(client_of, elsa, amina, expected):
    client = client_of(elsa)
    assert "Son rendez-vous" not in shown(client, amina, elsa)
    assert client.post(f"/accueil/rendez-vous/{expected.pk}/venue/").status_code == 404


def test_A03_the_kind_of_a_sensitive_one_is_not_said(client_of, bruno, amina, expected, make_ticket):
    Appointment.objects.update(ticket=make_ticket(person=amina, topic="enfance-danger"))
    page = shown(client_of(bruno), amina, bruno)
    assert "Suivi" not in page
    assert "Motif réservé" in page
