"""Put the agenda of a file in place of all that was there: everything, or nothing."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from gru.demo.agenda.agents import create_agents
from gru.demo.agenda.booking import write_appointments, write_holds
from gru.demo.agenda.calling_off import call_off_all
from gru.demo.agenda.reading import Agenda, Repeated, TypeRules
from gru.demo.agenda.resolving import Directory, Taken, directory, refuse_overlaps
from requests_app.appointments.models import AppointmentType, Hold
from requests_app.slots.models import Absence, Closure, Opening

BATCH = 1000
PUBLIC_LABEL = "Rendez-vous"


@transaction.atomic
def replace_agenda(agenda: Agenda, *, at: datetime) -> None:
    """Load it; raises BadAgenda, and then nothing has changed.

    What takes time is checked here, to name both; the database has the last word on how it folds case.
    """
    _write_types(agenda.types)
    found = directory(agenda)
    create_agents(agenda.agents, found, at)
    appointments = [found.place(slot) for slot in agenda.appointments]
    holds = [found.place(slot) for slot in agenda.holds]
    taken = Taken()
    refuse_overlaps(appointments, taken)
    _clear(at)
    _write_weeks(agenda, found)
    write_appointments(appointments, at=at)
    write_holds(holds, taken, at=at)


def _clear(at: datetime) -> None:
    for model in (Opening, Absence, Closure, Hold):
        model._base_manager.all().delete()
    call_off_all(at=at)


def _write_types(types: Iterable[TypeRules]) -> None:
    for each in types:
        changes = {"minutes": each.minutes, "is_active": True, **each.rules}
        named = {"label": each.code, "public_label": PUBLIC_LABEL}
        AppointmentType.objects.update_or_create(
            code=each.code, defaults=changes, create_defaults={**changes, **named}
        )


def _write_weeks(agenda: Agenda, found: Directory) -> None:
    openings, allowed = [], []
    for week in agenda.agents:
        owner = {"agent": found.users[week.username], "maison": found.maison(week.maison)}
        for each in week.openings:
            openings.append(Opening(**owner, room=each.room, **_recurrence(each)))
            allowed.append({found.type(code).pk for code in each.types})
    Opening.objects.bulk_create(openings, batch_size=BATCH)
    through = Opening.types.through
    pairs = ((row.pk, pk) for row, types in zip(openings, allowed, strict=True) for pk in sorted(types))
    through.objects.bulk_create(
        [through(opening_id=opening, appointmenttype_id=pk) for opening, pk in pairs], batch_size=BATCH
    )
    _write_absences(agenda, found)


def _write_absences(agenda: Agenda, found: Directory) -> None:
    absences = [
        Absence(agent=found.users[week.username], **_recurrence(each))
        for week in agenda.agents
        for each in week.absences
    ]
    Absence.objects.bulk_create(absences, batch_size=BATCH)
    closures = [Closure(maison=found.maison(code), **each.hours) for code, each in agenda.closures]
    Closure.objects.bulk_create(closures, batch_size=BATCH)


def _recurrence(each: Repeated) -> dict[str, object]:
    return {"rrule": each.rrule, **each.hours}
