"""The last contact between a person and us about a ticket, from which all delays count."""

from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Greatest

from requests_app.appointments.models import Appointment
from requests_app.tickets.models import Ticket, Touchpoint


def annotate_last_contact(tickets: QuerySet[Ticket]) -> QuerySet[Any]:
    """Annotate ``last_contact``: the last message either way, the last appointment, else the reception."""
    words = Touchpoint.objects.filter(ticket=OuterRef("pk")).values("ticket")
    dates = Appointment.objects.filter(ticket=OuterRef("pk")).values("ticket")
    field = DateTimeField()
    return tickets.annotate(
        last_contact=Greatest(
            "received_at",
            Subquery(words.annotate(last=Max("occurred_at")).values("last"), output_field=field),
            Subquery(dates.annotate(last=Max("starts_at")).values("last"), output_field=field),
            output_field=field,
        )
    )


def last_contact_of(tickets: list[Ticket]) -> datetime:
    """Return the latest of them, each annotated by ``annotate_last_contact``."""
    return max(ticket.last_contact for ticket in tickets)  # type: ignore[attr-defined]
