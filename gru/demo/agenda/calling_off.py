"""Call off what was booked before an agenda is loaded, without telling hundreds of people."""

import json
from datetime import datetime

from django.db.models import F

from requests_app.appointments.models import ACTIVE, Appointment
from requests_app.lib.copying import copy_rows
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import cancel_all
from requests_app.tickets.models import Event
from requests_app.tickets.models.event_data import AppointmentAct, AppointmentChanged

REASON = "Agenda remplacé"
COLUMNS = ("ticket_id", "kind", "at", "data")


def call_off_all(*, at: datetime) -> None:
    """Call off every active appointment, in the thread of its ticket; its messages never leave."""
    active = Appointment.objects.filter(state__in=ACTIVE).order_by("pk")
    rows = list(active.values_list("pk", "ticket_id", "starts_at"))
    ids = [pk for pk, _ticket, _start in rows]
    cancel_all(Outgoing.objects.filter(reminder__appointment__in=ids), reason=REASON, at=at)
    Appointment.objects.filter(pk__in=ids).update(
        state=Appointment.State.CANCELLED_BY_SERVICE,
        reason=REASON,
        came_at=None,
        state_before="",
        moved_from=None,
        changed_at=at,
        round=F("round") + 1,
    )
    copy_rows(
        Event, COLUMNS, ((ticket, Event.Kind.APPOINTMENT, at, _data(start)) for _, ticket, start in rows)
    )


def _data(starts_at: datetime) -> str:
    did = AppointmentAct.CANCELLED_BY_SERVICE
    return json.dumps(AppointmentChanged(did=did, starts_at=starts_at, reason=REASON).as_json())
