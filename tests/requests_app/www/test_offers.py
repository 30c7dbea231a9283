"""An agent gives an appointment from the ticket: the next free slots, one held, then confirmed."""

from datetime import date, datetime, time

import pytest
import time_machine

from requests_app.appointments.models import Appointment, AppointmentType, Hold
from requests_app.first_delay.models import SlotOffer, SlotSearch
from requests_app.maisons.opening import PARIS
from requests_app.slots.models import Opening
from requests_app.slots.services import Choice, hold_choice
from requests_app.tickets.models import ToDo

NOW = datetime(2027, 2, 26, 9, tzinfo=PARIS)
MONDAY = date(2027, 3, 1)
NINE = datetime(2027, 3, 1, 9, tzinfo=PARIS)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def kind(db):
    AppointmentType.objects.update(is_active=False)
    return AppointmentType.objects.create(code="une-heure", label="Une heure", minutes=60)


@pytest.fixture
def opened(kind, lyon_8, chloe):
    return Opening.objects.create(
        agent=chloe, maison=lyon_8, starts_on=MONDAY, starts_at=time(9), ends_on=MONDAY, ends_at=time(12)
    )


@pytest.fixture
def ticket(make_ticket, amina):
    return make_ticket(person=amina)


@pytest.fixture
def page(client_of, chloe, ticket):
    """The page as Chloé posts to it."""
    client = client_of(chloe)
    address = f"/demandes/{ticket.reference}/rendez-vous/"

    def post(name, start=NINE, **fields):
        kind = AppointmentType.objects.get(code="une-heure")
        posted = {"sorte": kind.pk, "lieu": ticket.maison_id, "creneau": f"{start.isoformat()}/chloe"}
        return client.post(f"{address}creneau/{name}/", posted | fields, follow=True)

    post.read = lambda: client.get(address).content.decode()
    return post


class TestOffers:
    def test_W06_shows_the_next_slots_with_their_keys_and_records_nothing(self, page, opened):
        said = page.read().partition('id="creneaux"')[2].partition("</section>")[0]  # the bar has keys too
        assert 'data-key="3"' in said
        assert 'data-key="4"' not in said
        assert not SlotSearch.objects.exists()

    def test_records_what_was_shown_once_while_the_agent_chooses(self, page, opened, ticket):
        for hour in (9, 10):
            page("garder", NINE.replace(hour=hour))
        assert (SlotSearch.objects.get().ticket, SlotOffer.objects.get().count) == (ticket, 3)
        assert SlotOffer.objects.get().first_start == NINE

    def test_holds_then_confirms(self, page, opened, ticket):
        held = page("garder").content.decode().replace("\u00a0", " ")
        assert "Gardé jusqu’à 9 h 10" in held
        assert Hold.objects.get().ticket == ticket
        page("confirmer")
        given = Appointment.objects.get()
        assert (given.starts_at, given.booked_by.username, given.type.code) == (NINE, "chloe", "une-heure")
        assert not Hold.objects.exists()

    def test_a_page_left_open_gives_no_second_appointment_unseen(self, page, opened, ticket):
        page("garder")
        page("confirmer")
        given, ten = Appointment.objects.get(), NINE.replace(hour=10)
        for name in ("garder", "confirmer"):
            said = page(name, ten).content.decode().replace("\u00a0", " ")
            assert "Déjà prévu le lundi 1er mars à 9 h. Changez ce rendez-vous" in said
            assert not Hold.objects.exists()
        assert f'href="/demandes/{ticket.reference}/rendez-vous/{given.pk}/"' in said
        assert f'name="deja" value="{given.pk}"' in said
        page("garder", ten, deja=given.pk)
        page("confirmer", ten, deja=given.pk)
        assert Appointment.objects.count() == 2

    def test_a_form_left_open_gives_none_either_and_keeps_what_is_typed(
        self, page, opened, ticket, client_of
    ):
        page("garder")
        page("confirmer")
        given, client = Appointment.objects.get(), client_of(opened.agent)
        address = f"/demandes/{ticket.reference}/rendez-vous/"
        typed = {"sorte": given.type_id, "agent": opened.agent_id, "jour": "2027-03-01", "heure": "10:00"}
        asked = client.post(address, {**typed, "bureau": "B2"})
        said = asked.content.decode().replace("\u00a0", " ")
        assert asked.status_code == 422
        assert said.count("Déjà prévu le lundi 1er mars à 9 h.") == 3  # the notice, the summary, the field
        assert 'value="B2"' in said
        assert client.post(address, {**typed, "deja": given.pk}).status_code == 302

    def test_a_slot_gone_meanwhile_shows_the_next_ones(self, page, opened, make_ticket):
        kind = AppointmentType.objects.get(code="une-heure")
        hold_choice(choice=Choice(kind, opened.maison, NINE), ticket=make_ticket(), at=NOW)
        said = page("garder").content.decode()
        assert "Cette heure vient d’être prise. Voici les suivantes." in said
        assert said.count('name="creneau"') == 2

    def test_moves_an_appointment(self, page, opened, ticket):
        page("confirmer")
        given = Appointment.objects.get()
        eleven = NINE.replace(hour=11)
        page("garder", eleven, rdv=given.pk, tour=given.round)
        page("confirmer", eleven, rdv=given.pk, tour=given.round)
        given.refresh_from_db()
        assert (given.starts_at, given.round) == (eleven, 2)

    def test_nothing_found_makes_a_task_that_a_booking_ends(self, page, kind, ticket, lyon_8, chloe):
        assert "Rien trouvé" in page.read()
        page("rien")
        assert ToDo.objects.get(ticket=ticket, done_at=None).kind == ToDo.Kind.APPOINTMENT
        assert SlotOffer.objects.count() == 0

    def test_W03_reads_nothing_else(self, page, opened):
        assert page("garder", agent="david").status_code == 400
        for wrong in ("demain", "2027-03-01T09:00", "2027-99-01T09:00+01:00", "", "9" * 5000):
            assert page("garder", creneau=f"{wrong}/chloe").status_code == 400
        assert page("garder", sorte="99999").status_code == 400

    def test_A02_an_agent_gives_no_slot_of_a_place_they_do_not_see(self, page, opened, villeurbanne):
        assert page("garder", lieu=villeurbanne.pk).status_code == 404
        assert not Hold.objects.exists()


def test_a_person_s_page_leads_to_another_hour_of_what_the_agent_may_read(
    client_of, chloe, elsa, make_appointment, ticket, amina
):
    given = make_appointment(ticket=ticket, agent=chloe, starts_at=NINE)
    address = f"/demandes/{ticket.reference}/rendez-vous/{given.pk}/"
    client = client_of(chloe)
    assert f'href="{address}"' in client.get(f"/personnes/{amina.pk}/").content.decode()
    assert "Changer le rendez-vous" in client.get(address).content.decode()
    assert address not in client_of(elsa).get(f"/personnes/{amina.pk}/").content.decode()
