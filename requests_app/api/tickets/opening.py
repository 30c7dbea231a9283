"""Load one ticket for a program: within its scope, and never without a trace (threats: A01, I7)."""

from typing import Any

from django.http import Http404

from requests_app.access.audit_log import Kind, log_access
from requests_app.api.problems import Problem
from requests_app.api.tickets.rows import can_read, join_columns
from requests_app.api.views import ApiView
from requests_app.api_keys.scopes import SENSITIVE
from requests_app.tickets.models import Ticket
from requests_app.tickets.references import normalise

JOINED = ("maison", "topic", "proposed_topic", "person", "merged_into")


class TicketView(ApiView):
    """An address under one ticket."""

    resource = "tickets"

    def open_ticket(self, reference: str) -> Any:
        """Return a ticket of the key's Maisons and topics; else it does not exist, and the try is logged."""
        known = join_columns(Ticket.objects.filter(reference=normalise(reference)), self.scope)
        ticket = known.filter(self.scope.as_q()).select_related(*JOINED).first()
        if ticket is None:
            if outside := known.values_list("pk", flat=True).first():
                self._log(outside, was_refused=True)
            raise Http404
        self._log(ticket.pk, was_refused=not can_read(ticket, self.scope))
        return ticket

    def open_readable(self, reference: str) -> Any:
        """Return the same for those who read its content; raises the 403 that names the scope (A03)."""
        ticket = self.open_ticket(reference)
        if not can_read(ticket, self.scope):
            raise Problem("missing-scope", scope=SENSITIVE)
        return ticket

    def _log(self, ticket_id: int, *, was_refused: bool) -> None:
        log_access(
            user=self.agent, kind=Kind.TICKET, subject_id=ticket_id, at=self.now, was_refused=was_refused
        )
