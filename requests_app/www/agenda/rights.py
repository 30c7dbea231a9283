"""Who looks at an agenda, and of which Maison."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404
from django.utils import timezone

from requests_app.access.audit_log import Kind
from requests_app.access.gate import load_within, require
from requests_app.access.scope import Scope, scope_of
from requests_app.accounts.agent_request import AgentRequest
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


def read_context(request: AgentRequest) -> AgendaContext:
    """Read the clock and the rights; refuse those who read no ticket."""
    user = request.user
    scope = scope_of(user)
    require(bool(scope.listed_places))
    place = user.current_maison_id
    return AgendaContext(user, scope, place if place and scope.can_see(place) else None, timezone.now())


def ticket_of(request: AgentRequest, reference: str) -> tuple[AgendaContext, Ticket]:
    """Load a ticket that the agent may read; out of scope it does not exist, and the attempt is logged."""
    agent = read_context(request)
    rows = Ticket.objects.select_related("maison", "person", "topic")
    ticket = load_within(
        rows.filter(reference=normalise(reference)),
        kind=Kind.TICKET,
        by=agent.user,
        at=agent.now,
        may_open=lambda row: agent.scope.can_read(row.maison_id, row.is_sensitive, row.shared_with),
        may_know=lambda row: agent.scope.can_see(row.maison_id, row.shared_with),
    )
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
