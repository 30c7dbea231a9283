"""Who looks at an agenda, and of which Maison."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils import timezone

from requests_app.access.audit_log import Kind, log_access
from requests_app.access.scope import Scope, scope_of
from requests_app.accounts.models import User
from requests_app.appointments.models import Appointment
from requests_app.tickets.models import Ticket
from requests_app.tickets.references import normalise
from requests_app.tickets.selectors.family import family_of


@dataclass(frozen=True, slots=True)
class AgendaContext:
    """``maison_id`` is where the agent works now; None when no Maison is chosen."""

    user: User
    scope: Scope
    maison_id: int | None
    now: datetime


def read_context(request: HttpRequest) -> AgendaContext:
    """Read the clock and the rights; refuse those who read no ticket."""
    user = cast(User, request.user)
    scope = scope_of(user)
    if not scope.listed_places:
        raise PermissionDenied
    place = user.current_maison_id
    return AgendaContext(user, scope, place if place and scope.can_see(place) else None, timezone.now())


def ticket_of(request: HttpRequest, reference: str) -> tuple[AgendaContext, Ticket]:
    """Load a ticket that the agent may read; out of scope it does not exist, and the attempt is logged."""
    agent = read_context(request)
    ticket = (
        Ticket.objects.select_related("maison", "person", "topic")
        .filter(reference=normalise(reference))
        .first()
    )
    if ticket is None:
        raise Http404
    if not agent.scope.can_read(ticket.maison_id, ticket.is_sensitive, ticket.shared_with):
        log_access(user=agent.user, kind=Kind.TICKET, subject_id=ticket.pk, at=agent.now, was_refused=True)
        raise PermissionDenied if agent.scope.can_see(ticket.maison_id, ticket.shared_with) else Http404
    return agent, ticket


def appointment_of(ticket: Ticket, pk: int) -> Appointment:
    """Return one appointment of this ticket."""
    found = Appointment.objects.select_related("type", "maison__commune", "agent").filter(
        pk=pk, ticket__in=family_of(ticket)
    )
    if (appointment := found.first()) is None:
        raise Http404
    appointment.ticket = ticket
    return appointment
