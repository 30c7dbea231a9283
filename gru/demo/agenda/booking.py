"""Write the appointments and holds of an agenda, each appointment with a ticket and a person of its own."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model

from gru.demo.agenda.resolving import Place, Taken
from gru.demo.doors import PHONE
from requests_app.appointments.models import Appointment, Hold
from requests_app.lib.copying import copy_rows, reserve_ids
from requests_app.people.models import Person
from requests_app.reminders.models import Planned
from requests_app.tickets.models import State, Ticket, Touchpoint
from requests_app.tickets.references import new_reference

SUBJECT = "Rendez-vous"
BATCH = 1000
Rows = list[dict[str, Any]]


def write_appointments(places: Sequence[Place], *, at: datetime) -> None:
    """Copy them table by table; nobody is reminded, since nobody is behind these persons."""
    if not places:
        return
    count = len(places)
    ids = {model: reserve_ids(model, count) for model in (Person, Ticket, Appointment)}
    rows: dict[type[Model], Rows] = {each: [] for each in (Person, Ticket, Touchpoint, Appointment, Planned)}
    references = _references(count)
    for number, place in enumerate(places):
        person, ticket, appointment = (ids[each] + number for each in (Person, Ticket, Appointment))
        asked_at = min(at, place.slot.start)
        rows[Person].append(_person(person, number, asked_at))
        rows[Ticket].append(_ticket(ticket, person, references[number], place, number, asked_at))
        rows[Touchpoint].append(_touchpoint(ticket, place, number, asked_at))
        rows[Appointment].append(_appointment(appointment, ticket, place, asked_at, at))
        rows[Planned].append({"appointment_id": appointment, "round": 1})
    for model, written in rows.items():
        columns = list(written[0])
        copy_rows(model, columns, ([row[column] for column in columns] for row in written))


def write_holds(places: Iterable[Place], taken: Taken, *, at: datetime) -> None:
    """Write the holds, the longest first; one over time already taken has no busy row of its own."""
    rows = []
    for place in sorted(places, key=lambda each: each.slot.expires or at, reverse=True):
        blocks = taken.overlap(place) is None
        if blocks:
            taken.add(place)
        rows.append(Hold(expires_at=place.slot.expires or at, changed_at=at, blocks=blocks, **_slot(place)))
    Hold.objects.bulk_create(rows, batch_size=BATCH)


def _references(count: int) -> list[str]:
    found: set[str] = set()
    while len(found) < count:
        found.add(new_reference())
    return sorted(found)


def _name(number: int) -> dict[str, str]:
    return {"given_name": "Personne", "family_name": f"Numéro {number + 1}"}


def _person(pk: int, number: int, at: datetime) -> dict[str, Any]:
    return {"id": pk, **_name(number), "usage_name": "", "language": "", "created_at": at}


def _words(number: int, at: datetime) -> dict[str, Any]:
    sender = " ".join(_name(number).values())
    return {"channel": PHONE.kind, "sender": sender, "subject": SUBJECT}


def _ticket(pk: int, person: int, reference: str, place: Place, number: int, at: datetime) -> dict[str, Any]:
    return {
        "id": pk,
        "reference": reference,
        **_words(number, at),
        "state": State.OPEN,
        "outcome": "",
        "priority": "normal",
        "person_id": person,
        "maison_id": place.maison.pk,
        "assignee_id": place.agent.pk,
        "proposed_words": "[]",
        "is_sensitive": False,
        "transfer_body": "",
        "excerpt": SUBJECT,
        "files_count": 0,
        "received_at": at,
        "waiting_since": at,
        "version": 1,
    }


def _touchpoint(ticket: int, place: Place, number: int, at: datetime) -> dict[str, Any]:
    return {
        "ticket_id": ticket,
        **_words(number, at),
        "direction": "in",
        "occurred_at": at,
        "recorded_at": at,
        "author_id": place.agent.pk,
        "maison_id": place.maison.pk,
        "text": SUBJECT,
        "reply_text": SUBJECT,
        "html": "",
        "html_version": 0,
        "facts": "{}",
        "remarks": "[]",
    }


def _slot(place: Place) -> dict[str, Any]:
    return {
        "agent_id": place.agent.pk,
        "maison_id": place.maison.pk,
        "type_id": place.type.pk,
        "room": place.slot.room,
        "starts_at": place.slot.start,
        "ends_at": place.slot.end,
    }


def _appointment(pk: int, ticket: int, place: Place, asked_at: datetime, at: datetime) -> dict[str, Any]:
    return {
        "id": pk,
        "ticket_id": ticket,
        **_slot(place),
        "state": Appointment.State.BOOKED,
        "state_before": "",
        "reason": "",
        "outside_reason": "",
        "booked_at": asked_at,
        "booked_by_id": place.agent.pk,
        "dated_at": asked_at,
        "changed_at": at,
        "round": 1,
    }
