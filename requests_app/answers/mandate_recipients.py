"""Mandates decide who receives our answers: checked once more when an answer leaves."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from requests_app.people.mandates import mandates_in_force, why_closed
from requests_app.people.models import ContactPoint
from requests_app.tickets.models import Ticket


def why_refused(ticket: Ticket, addresses: Iterable[str], at: datetime) -> str:
    """Say why a mandate closes one of these addresses now, or "": checked when an answer leaves."""
    mandates = mandates_in_force(ticket.person_id, timezone.localdate(at))
    if not mandates:
        return ""
    points = ContactPoint.objects.filter(person=ticket.person_id)
    theirs = set(points.values_list("value", flat=True))
    return next(filter(None, (why_closed(each, theirs, mandates) for each in addresses)), "")
