"""Open a ticket for an agent: within the scope, and never without a trace (threats: A01, A04, I7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.utils import timezone

from requests_app.access.audit_log import Kind, log_access
from requests_app.access.gate import load_within, refuse
from requests_app.access.scope import BreakGlassAccess, Scope, scope_of
from requests_app.accounts.agent_request import AgentRequest
from requests_app.accounts.models import User
from requests_app.appointments.models import Appointment
from requests_app.routing.territory import Territory
from requests_app.tickets.models import Ticket, TicketLink
from requests_app.tickets.references import normalise
from requests_app.tickets.selectors.family import merged_ids
from requests_app.waiting_list.models import Place
from requests_app.www.backoffice.ticket.choices import territory_of

_APPOINTMENTS = Appointment.objects.filter(ticket=OuterRef("pk"))
_PLACES = Place.objects.open().filter(ticket=OuterRef("pk"))
_PROPOSED_TO = TicketLink.objects.filter(from_ticket=OuterRef("pk"), is_accepted=None)
_PROPOSED_BY = TicketLink.objects.filter(to_ticket=OuterRef("pk"), is_accepted=None)
JOINED = ("maison", "assignee", "person", "decision")  # each join costs 0.3 ms of planning


@dataclass(frozen=True, slots=True)
class OpenedTicket:
    """A ticket the agent may know of, and what the policy lets the agent do with it."""

    ticket: Ticket
    user: User
    scope: Scope
    now: datetime
    has_proposed: bool = False  # links that wait for a decision
    has_appointments: bool = False  # known without a statement: most tickets have none
    is_waiting: bool = False  # on a list, for an earlier date
    glass: BreakGlassAccess | None = None  # the exception it is read by: nothing can be done to it then

    @property
    def can_read(self) -> bool:
        if self.glass:
            return self.scope.can_read_by_glass(self.ticket.is_sensitive)
        return self.scope.can_read(self.ticket.maison_id, self.ticket.is_sensitive, self.ticket.shared_with)

    @property
    def can_handle(self) -> bool:
        ticket = self.ticket
        may = self.scope.can_handle(ticket.maison_id, ticket.is_sensitive, ticket.shared_with)
        return may and not ticket.is_archived

    @property
    def glass_id(self) -> int | None:
        return self.glass.id if self.glass else None

    def note(self, kind: str) -> None:
        """Log the reading; a sensitive ticket that stays masked is a refused one."""
        log_access(
            user=self.user,
            kind=kind,
            subject_id=self.ticket.pk,
            at=self.now,
            was_refused=not self.can_read,
            glass_id=self.glass_id,
        )


def open_ticket(request: AgentRequest, reference: str, *, by_glass: bool = False) -> OpenedTicket:
    """Load a ticket by its number; out of the scope it does not exist, and the attempt is logged.

    ``by_glass``: a page that only reads, hence opens by an exception too.
    """
    user, now = request.user, timezone.now()
    scope = scope_of(user)
    rows = Ticket.objects.select_related(*JOINED).annotate(
        has_appointments=Exists(_APPOINTMENTS),
        is_waiting=Exists(_PLACES),
        has_proposed=Exists(_PROPOSED_TO) | Exists(_PROPOSED_BY),
        merged_ids=merged_ids(),
    )
    ticket = load_within(
        rows.filter(reference=normalise(reference)),
        kind=Kind.TICKET,
        by=user,
        at=now,
        may_open=lambda row: _is_within(row, scope) or (by_glass and _glass_on(row, scope) is not None),
    )
    glass = _glass_on(ticket, scope) if by_glass else None
    if glass and glass.is_sender and ticket.merged_ids:
        ticket.merged_ids = _merged_of_theirs(ticket.merged_ids, scope)
    _name_topics(ticket, territory_of(request))
    has_appointments = ticket.has_appointments or bool(ticket.merged_ids)
    return OpenedTicket(
        ticket,
        user,
        scope,
        now,
        has_proposed=ticket.has_proposed,
        has_appointments=has_appointments,
        is_waiting=ticket.is_waiting or bool(ticket.merged_ids),
        glass=glass,
    )


def _is_within(ticket: Ticket, scope: Scope) -> bool:
    return not ticket.is_archived and scope.can_see(ticket.maison_id, ticket.shared_with)


def _glass_on(ticket: Ticket, scope: Scope) -> BreakGlassAccess | None:
    where = (ticket.pk, ticket.maison_id, ticket.shared_with)
    return scope.glass_on(*where, is_archived=ticket.is_archived)


def _merged_of_theirs(merged: Sequence[int], scope: Scope) -> list[int]:
    """List what others merged since into a ticket sent away: whoever sent it reads that one (A06)."""
    return list(Ticket.objects.readable(scope).filter(pk__in=merged).values_list("pk", flat=True))


def _name_topics(ticket: Ticket, territory: Territory) -> None:
    """Give the ticket its topics from memory; one that is no longer proposed is read when needed."""
    for topic in territory.topics.values():
        if topic.pk == ticket.topic_id:
            ticket.topic = topic
        if topic.pk == ticket.proposed_topic_id:
            ticket.proposed_topic = topic


def open_readable(request: AgentRequest, reference: str, *, by_glass: bool = False) -> OpenedTicket:
    """Load the same for those who may read: the thread, the documents, the actions."""
    opened = open_ticket(request, reference, by_glass=by_glass)
    if not opened.can_read:
        refuse(
            kind=Kind.TICKET,
            subject_id=opened.ticket.pk,
            by=opened.user,
            at=opened.now,
            is_known=True,
            glass_id=opened.glass_id,
        )
    return opened


def open_sent(request: AgentRequest, reference: str) -> OpenedTicket:
    """Load the same for what a sender may still do within a day; no exception allows it (A06)."""
    opened = open_readable(request, reference, by_glass=True)
    if opened.glass and not opened.glass.is_sender:
        raise Http404
    return opened
