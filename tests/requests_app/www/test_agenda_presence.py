"""An hour given by hand while the Maison is closed or the agent away: a reason is asked, then it stands."""

from datetime import date, datetime, time

import pytest
import time_machine

from requests_app.appointments.models import Appointment, AppointmentType
from requests_app.maisons.opening import PARIS
from requests_app.slots.models import Absence, Closure

pytestmark = pytest.mark.django_db
MONDAY = date(2027, 3, 1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(datetime(2027, 2, 26, 9, tzinfo=PARIS), tick=False):
        yield


@pytest.fixture
def give(client_of, chloe, bruno, make_ticket, amina):
    client, ticket = client_of(chloe), make_ticket(person=amina)
    kind = AppointmentType.objects.create(code="trois-quarts", label="Trois quarts d’heure", minutes=45)

    def post(hour, *, agent=chloe, **fields):
        wanted = {"sorte": kind.pk, "agent": agent.pk, "jour": MONDAY, "heure": hour, "bureau": ""}
        answer = client.post(f"/demandes/{ticket.reference}/rendez-vous/", wanted | fields)
        return answer.content.decode() if answer.status_code == 422 else ""

    return post


def hours(first, last):
    return {"starts_on": MONDAY, "starts_at": first, "ends_on": MONDAY, "ends_at": last}


@pytest.mark.parametrize("hour", ["09:30", "10:55"])
def test_a_closure_asks_for_a_reason(give, lyon_8, hour):
    Closure.objects.create(maison=lyon_8, **hours(time(10), time(11)))
    page = give(hour)
    assert "Une fermeture du lieu est notée à cette heure." in page
    assert f'value="{hour}' in page  # what was typed stays
    assert not Appointment.objects.exists()
    assert give(hour, pourquoi="Au domicile") == ""
    assert Appointment.objects.get().outside_reason == "Au domicile"


def test_an_absence_that_comes_back_asks_too_and_tells_no_reason(give, chloe, bruno):
    Absence.objects.create(
        agent=chloe,
        reason="Kiné",
        rrule="FREQ=WEEKLY",
        **hours(time(9), time(12)) | {"starts_on": date(2027, 2, 1), "ends_on": date(2027, 2, 1)},
    )
    page = give("10:00")
    assert "Chloé Martin a une absence à cette heure." in page
    assert "Kiné" not in page
    assert give("10:00", agent=bruno) == ""


def test_what_ends_before_what_starts_after_or_what_was_removed_asks_nothing(give, lyon_8, villeurbanne):
    Closure.objects.create(maison=lyon_8, **hours(time(9), time(10)))
    Closure.objects.create(maison=lyon_8, **hours(time(10, 45), time(12)))
    Closure.objects.create(maison=villeurbanne, **hours(time(9), time(12)))
    Closure.objects.create(
        maison=lyon_8, removed_at=datetime(2027, 2, 1, tzinfo=PARIS), **hours(time(9), time(12))
    )
    assert give("10:00") == ""
    assert Appointment.objects.count() == 1
