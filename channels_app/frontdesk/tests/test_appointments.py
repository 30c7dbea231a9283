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


class TestExpected:
    def press(self, client, appointment, name, **headers):
        return client.post(f"/accueil/attendus/{appointment.pk}/{name}/", headers=headers, follow=True)

    def test_who_is_expected_today_is_listed_and_arrives_in_one_press(self, client_of, bruno, expected):
        client = client_of(bruno)
        assert "Amina Benali" in client.get("/accueil/").content.decode()
        page = self.press(client, expected, "venue", **{"HX-Request": "true"}).content.decode()
        expected.refresh_from_db()

        assert expected.state == Appointment.State.CAME
        assert "arrivée à 12\xa0h" in page
        page = self.press(client, expected, "remettre").content.decode()
        expected.refresh_from_db()
        assert expected.state == Appointment.State.BOOKED
        assert "L’arrivée n’est plus notée." in page

    def test_what_is_being_typed_is_still_there(self, client_of, bruno, expected):
        client = client_of(bruno)
        typed = {"cle": "", "qui": "Zoé Durand", "motif": "", "mot": "Papiers", "suite": "file"}
        client.post("/accueil/garder/", typed, headers={"HX-Request": "true"})
        page = self.press(client, expected, "venue").content.decode()

        assert "Papiers" in page

    def test_hours_before_is_no_obstacle_and_long_after_nobody_is_listed(self, client_of, bruno, expected):
        client = client_of(bruno)
        Appointment.objects.update(starts_at=NOON + timedelta(hours=5), ends_at=NOON + timedelta(hours=6))
        assert "Rendez-vous du jour" in client.get("/accueil/").content.decode()
        self.press(client, expected, "venue")
        expected.refresh_from_db()
        assert expected.came_at is not None

        hours = {"starts_at": NOON - timedelta(hours=3), "ends_at": NOON - timedelta(hours=2)}
        Appointment.objects.update(state="booked", came_at=None, **hours)
        assert "Rendez-vous du jour" not in client.get("/accueil/").content.decode()

    def test_A03_somebody_protected_is_not_named(self, client_of, bruno, amina, expected, make_ticket):
        Appointment.objects.update(ticket=make_ticket(person=amina, topic="enfance-danger"))

        assert "Amina" not in client_of(bruno).get("/accueil/").content.decode()

    def test_A02_not_at_another_counter(self, client_of, elsa, expected):
        assert "Rendez-vous du jour" not in client_of(elsa).get("/accueil/").content.decode()
        assert self.press(client_of(elsa), expected, "venue").status_code == 404
