"""Every example of docs/api-resources.md is what a program gets; numbers and instants stand for any."""

import json
from datetime import date, time, timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings

from requests_app.appointments.models import AppointmentType
from requests_app.slots.models import Opening
from tests import factories

pytestmark = pytest.mark.django_db

PAGE = (Path(settings.BASE_DIR) / "docs" / "api-resources.md").read_text()
AT, REFERENCE = "2026-12-08T09:00:00Z", "LYN-7K4P2Q"


@pytest.fixture
def amina(lyon_8):
    person = factories.person(
        given_name="Amina",
        family_name="Benali",
        birth_year=1985,
        phone="+33639981234",
        email="amina@exemple.fr",
    )
    factories.ticket(person=person)
    return person


@pytest.fixture
def given(amina, chloe):
    return factories.appointment(ticket=amina.tickets.get(), agent=chloe, room="Bureau 2")


def settle(value, numbers):
    """Write the numbers and the instants of the page in place of those of this run."""
    if isinstance(value, list):
        return [settle(each, numbers) for each in value]
    if not isinstance(value, dict):
        return value
    settled = {name: settle(each, numbers) for name, each in value.items()}
    for name in settled.keys() & numbers.keys():
        settled[name] = numbers[name]
    return {name: AT if name.endswith("_at") and each else each for name, each in settled.items()}


def is_shown(answer, **numbers):
    shown = json.dumps(settle(answer.json(), numbers), indent=2, ensure_ascii=False)
    assert f"```json\n{shown}\n```" in PAGE, shown


def test_a_person_found(program, amina):
    is_shown(program("persons:read").get("persons/", phone="06 39 98 12 34"), id=12)


def test_a_person_read(program, amina):
    fields = "id,name,phones,mails,language"
    is_shown(program("persons:read").get(f"persons/{amina.pk}/", fields=fields), id=12)


def test_a_person_changed_meanwhile(program, amina):
    ours, body = program("persons:write"), {"given_name": "A."}
    answer = ours.send("patch", f"persons/{amina.pk}/", body, headers={"If-Match": '"0"'})
    said = {name: answer.json()[name] for name in ("title", "status", "detail")}
    assert json.dumps(said, indent=2, ensure_ascii=False) in PAGE


def test_an_appointment(program, given):
    answer = program("appointments:read").get(f"appointments/{given.pk}/")
    is_shown(answer, id=7, person=12, ticket=REFERENCE)


def test_a_refusal(program, given):
    answer = program("appointments:write").post(f"appointments/{given.pk}/cancel/", {"by": "service"})
    said = {name: answer.json()[name] for name in ("title", "status", "errors")}
    assert json.dumps(said, indent=2, ensure_ascii=False) in PAGE


def test_slots(program, chloe, lyon_8):
    monday, words = date(2026, 12, 7), {"label": "Suivi", "public_label": "Rendez-vous"}
    AppointmentType.objects.create(code="suivi", minutes=30, **words)
    hours = {"starts_on": monday, "starts_at": time(9), "ends_on": monday, "ends_at": time(9, 30)}
    Opening.objects.create(agent=chloe, maison=lyon_8, **hours)
    with time_machine.travel(monday - timedelta(days=2)):
        asked = {"type": "suivi", "maison": "P84", "from": "2026-12-07", "to": "2026-12-07"}
        is_shown(program("slots:read").get("slots/", **asked))


def test_indicators(program, lyon_8):
    for _n in range(6):
        factories.ticket(topic="velo")
    factories.ticket(topic="adulte-vulnerable", is_sensitive=True)
    fields = "maison,period,received,waiting,late,topics,together"
    is_shown(program("indicators:read").get("indicators/", period="semaine", fields=fields))


def test_every_example_of_the_page_is_held():
    assert PAGE.count("```json") == 7
