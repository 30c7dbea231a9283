"""A change of an appointment is shown on its ticket, and sent to the subscribed apps."""

from datetime import datetime
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.appointments.changes import notify
from requests_app.appointments.models import Appointment
from requests_app.appointments.services.facts import record_fact
from requests_app.lib import french
from requests_app.tickets.models import Event, Ticket
from requests_app.tickets.selectors.family import ends_of


def record_change(appointment: Appointment, did: str, *, by: User | None, at: datetime, **data: Any) -> None:
    """Write it in the thread (without an agent, the person did it) and notify the subscribers.

    The ticket's version grows: an agent who was answering is told once of the news (W12).
    """
    words = {"did": did, "to": french.moment(appointment.starts_at), **data}
    if by is None:
        words["who"] = _("La personne")
    Event.objects.create(
        ticket_id=appointment.ticket_id, kind=Event.Kind.APPOINTMENT, by=by, at=at, data=words
    )
    ends = ends_of([appointment.ticket_id])
    Ticket.objects.filter(Q(pk=appointment.ticket_id) | Q(pk__in=ends)).update(version=F("version") + 1)
    record_fact(appointment, did, at)
    notify(appointment, did, at)
