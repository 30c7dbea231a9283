"""One ticket in full."""

from datetime import datetime
from typing import Any

from requests_app.access.scope import Scope
from requests_app.answers.recipients import read_recipients
from requests_app.api.tickets.rows import can_read, join_columns, show_tickets
from requests_app.routing.territory import current
from requests_app.tickets.deadlines import local_day
from requests_app.tickets.models import Ticket, Touchpoint
from requests_app.tickets.selectors.confided_topics import confided_topic


def show_ticket(ticket: Any, scope: Scope, *, at: datetime) -> dict[str, Any]:
    """Return a ticket read by ``join_columns`` as a program is shown it."""
    [row] = show_tickets([ticket], scope)
    if not can_read(ticket, scope):
        return {**row, "reply_to": None}
    recipients = read_recipients(ticket, on=local_day(at))
    row["reply_to"] = [each.address for each in recipients if not each.why_not]
    if row["proposed_topic"] is None and scope.sensitive_places.covers(ticket.maison_id, ticket.shared_with):
        row["proposed_topic"] = _confided_code(ticket)
    return row


def show_again(ticket: Ticket, scope: Scope, *, at: datetime) -> dict[str, Any]:
    """Read a ticket again once something changed it, and show it."""
    return show_ticket(join_columns(Ticket.objects.filter(pk=ticket.pk), scope).get(), scope, at=at)


def _confided_code(ticket: Ticket) -> str | None:
    """Return the sensitive topic that its words speak of, for those who may read it."""
    if ticket.topic_id:
        return None
    first = ticket.touchpoints.filter(direction=Touchpoint.Direction.IN).order_by("pk").first()
    text = (first.reply_text or first.text) if first else ""
    confided = confided_topic(ticket, text, current())
    return confided.topic.code if confided else None
