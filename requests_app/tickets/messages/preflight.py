"""Asked again just before an automatic message about a ticket leaves: does the person still need it (N10)?

An acknowledgment that waits an hour, or a day for a server that is away, may come after the answer.
"""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from requests_app.outbox import truths
from requests_app.outbox.models import Outgoing
from requests_app.people.selectors import former_values
from requests_app.routing.territory import current
from requests_app.tickets.messages import acknowledgment, receipt, transfer
from requests_app.tickets.messages.silence import why_silent
from requests_app.tickets.models import Outcome, State, Ticket

ANSWER_HAS_LEFT = timedelta(seconds=12)  # until then its agent may take it back
ENDED = {
    Outcome.DUPLICATE: gettext_lazy("La demande est suivie dans une autre."),
    Outcome.WITHDRAWN: gettext_lazy("La personne a retiré sa demande."),
    Outcome.UNWANTED: gettext_lazy("Le message est indésirable."),
}


def acknowledgment_is_due(outgoing: Outgoing, at: datetime) -> str:
    """Say why an acknowledgment must stay here, or ""; of several tickets it names those that wait for it."""
    about = Q(touchpoints__outgoing=outgoing) | Q(reference__in=outgoing.payload.get("grouped", ()))
    tickets = list(Ticket.objects.filter(about).distinct().order_by("pk"))
    due = [ticket for ticket in tickets if not _over(ticket, at)]
    if not due:
        return _over(tickets[0], at) if tickets else ""
    if len(due) < len(tickets):
        acknowledgment.rename(outgoing, due, land=current())
    return ""


def receipt_is_due(outgoing: Outgoing, at: datetime) -> str:
    """Say why a complete receipt must stay here, or "": its clock or its documents have changed."""
    ticket = _ticket_of(outgoing)
    if ticket is None or ticket.outcome in ENDED:
        return _ended(ticket)
    if silence := why_silent(ticket, receipt.KIND):
        return silence
    topic = ticket.topic
    says = receipt.facts_of(ticket, topic) if topic and not ticket.transfer_body else {}
    is_true = bool(says) and all(outgoing.payload.get(name, "") == value for name, value in says.items())
    return "" if is_true else _("Ce qu’il disait a changé.")


def transfer_is_due(outgoing: Outgoing, at: datetime) -> str:
    """Say why the news of a transfer must stay here, or ""."""
    ticket = _ticket_of(outgoing)
    if ticket and (silence := why_silent(ticket, transfer.KIND)):
        return silence
    is_gone = ticket is not None and ticket.state == State.CLOSED and ticket.outcome == Outcome.TRANSFERRED
    return "" if is_gone else _("La demande n’est plus transmise.")


def nobody_is_in_danger(outgoing: Outgoing, at: datetime) -> str:
    """Say why what asks nothing else must stay here, or "" (threats: N12)."""
    ticket = _ticket_of(outgoing)
    return why_silent(ticket, outgoing.kind) if ticket else ""


def address_is_theirs(outgoing: Outgoing, at: datetime) -> str:
    """Say why nothing goes to an address that an agent took off the person's record, or "" (N06)."""
    ticket = _ticket_of(outgoing)
    if ticket is None or outgoing.recipient not in former_values(ticket.person_id):
        return ""
    return _("Ce contact n’est plus celui de la personne.")


def register() -> None:
    """Have the outbox ask before each of these messages leaves."""
    for kind in (acknowledgment.KIND, receipt.KIND, transfer.KIND):
        truths.register(kind, address_is_theirs)
    truths.register(acknowledgment.KIND, acknowledgment_is_due)
    truths.register(receipt.KIND, receipt_is_due)
    truths.register(transfer.KIND, transfer_is_due)
    for kind in (Outgoing.Kind.NOTICE, Outgoing.Kind.SURVEY):
        truths.register(kind, nobody_is_in_danger)


def _ticket_of(outgoing: Outgoing) -> Ticket | None:
    return Ticket.objects.select_related("topic").filter(touchpoints__outgoing=outgoing).first()


def _over(ticket: Ticket, at: datetime) -> str:
    if silence := why_silent(ticket, acknowledgment.KIND):
        return silence
    if ticket.first_answered_at and at - ticket.first_answered_at >= ANSWER_HAS_LEFT:
        return _("Une réponse est déjà partie.")
    return _ended(ticket)


def _ended(ticket: Ticket | None) -> str:
    return str(ENDED.get(Outcome(ticket.outcome), "")) if ticket and ticket.outcome else ""
