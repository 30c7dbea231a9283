"""Checks made just before an automatic message about a ticket leaves: is it still needed (N10)?

An acknowledgment that waits an hour, or a day for a server that is down, may come after the answer.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from requests_app.outbox import preflight
from requests_app.outbox.models import Outgoing
from requests_app.people.models import ContactPoint
from requests_app.people.selectors import former_values
from requests_app.routing.territory import current
from requests_app.tickets.competence import goes_to_our_service, is_elsewhere
from requests_app.tickets.messages import acknowledgment, handover, receipt, transfer
from requests_app.tickets.messages.silence import why_silent
from requests_app.tickets.models import Outcome, Participant, State, Ticket

ANSWER_HAS_LEFT = timedelta(seconds=12)  # until then its agent may undo it
ENDED = {
    Outcome.DUPLICATE: gettext_lazy("La demande est suivie dans une autre."),
    Outcome.WITHDRAWN: gettext_lazy("La personne a retiré sa demande."),
    Outcome.UNWANTED: gettext_lazy("Le message est indésirable."),
}


Check = Callable[[Ticket, Outgoing, datetime], str]


def acknowledgment_is_due(ticket: Ticket, outgoing: Outgoing, at: datetime) -> str:
    """Say why an acknowledgment must not leave, or ""; rewrite a grouped one for the tickets that wait."""
    grouped = outgoing.payload.get("grouped")
    others = Ticket.objects.filter(reference__in=grouped).order_by("pk") if grouped else ()
    tickets = [ticket, *others]
    due = [each for each in tickets if not _why_over(each, at)]
    if not due:
        return _why_over(ticket, at)
    if len(due) < len(tickets):
        acknowledgment.rename(outgoing, due, land=current())
    return ""


def receipt_is_due(ticket: Ticket, outgoing: Outgoing, at: datetime) -> str:
    """Say why a complete receipt must not leave, or "": its clock or its documents have changed."""
    if reason := why_silent(ticket, receipt.KIND) or _ended_here(ticket):
        return reason
    topic = ticket.topic
    facts = receipt.facts_of(ticket, topic) if topic and not is_elsewhere(ticket) else {}
    is_true = bool(facts) and receipt.states_facts(outgoing, facts)
    return "" if is_true else _("Ce qu’il disait a changé.")


def transfer_is_due(ticket: Ticket, outgoing: Outgoing, at: datetime) -> str:
    """Say why the notice of a transfer must not leave, or ""."""
    if silence := why_silent(ticket, transfer.KIND):
        return silence
    if not _is_transferred(ticket):
        return _("La demande n’est plus transmise.")
    given = Outgoing.objects.filter(touchpoint__ticket=ticket, kind=handover.KIND).order_by("pk").last()
    never_got_it = given is not None and given.state == Outgoing.State.FAILED
    return _("L’organisme n’a pas reçu la demande.") if never_got_it else ""


def handover_is_due(ticket: Ticket, outgoing: Outgoing, at: datetime) -> str:
    """Say why a ticket must not go to another body, or "": it is ours again, or has become a danger."""
    if silence := why_silent(ticket, handover.KIND):
        return silence
    if ticket.is_sensitive:
        return _("Motif réservé : un agent transmet la demande lui-même.")
    return "" if _is_transferred(ticket) else _("La demande n’est plus transmise.")


def _is_transferred(ticket: Ticket) -> bool:
    return ticket.state == State.CLOSED and ticket.outcome == Outcome.TRANSFERRED


def nobody_is_in_danger(ticket: Ticket, outgoing: Outgoing, at: datetime) -> str:
    """Say why a message without checks of its own must not leave, or "" (threats: N12)."""
    return why_silent(ticket, outgoing.kind)


def address_is_theirs(ticket: Ticket, outgoing: Outgoing, at: datetime) -> str:
    """Say why nothing goes to an address that an agent removed from the person's record, or "" (N06).

    Nor to anyone they removed from the ticket.
    """
    if outgoing.recipient in former_values(ticket.person_id):
        return _("Ce contact n’est plus celui de la personne.")
    gone = Participant.objects.removed().filter(ticket=ticket, address=outgoing.recipient)
    theirs = ContactPoint.objects.filter(person=ticket.person_id or 0, value=outgoing.recipient)
    is_gone = gone.exists() and not theirs.exists()
    return _("Cette personne ne fait plus partie de la demande.") if is_gone else ""


CHECKS: dict[str, tuple[Check, ...]] = {
    acknowledgment.KIND: (address_is_theirs, acknowledgment_is_due),
    receipt.KIND: (address_is_theirs, receipt_is_due),
    transfer.KIND: (address_is_theirs, transfer_is_due),
    handover.KIND: (handover_is_due,),
    Outgoing.Kind.NOTICE: (nobody_is_in_danger,),
    Outgoing.Kind.SURVEY: (nobody_is_in_danger,),
}


def is_still_valid(outgoing: Outgoing, at: datetime) -> str:
    """Say why a message about a ticket must not leave, or ""; the ticket is read once for all checks."""
    about = Ticket.objects.select_related("topic").filter(touchpoints__outgoing=outgoing).first()
    if about is None:
        return ""
    return next(filter(None, (check(about, outgoing, at) for check in CHECKS[outgoing.kind])), "")


def register() -> None:
    """Register these checks with the outbox."""
    for kind in CHECKS:
        preflight.register(kind, is_still_valid)


def _why_over(ticket: Ticket, at: datetime) -> str:
    if silence := why_silent(ticket, acknowledgment.KIND):
        return silence
    if ticket.first_answered_at and at - ticket.first_answered_at >= ANSWER_HAS_LEFT:
        return _("Une réponse est déjà partie.")
    return _why_ended(ticket)


def _ended_here(ticket: Ticket) -> str:
    """Say why an ended ticket needs no message, or ""; one given to a service of ours still does."""
    return "" if goes_to_our_service(ticket) and _is_transferred(ticket) else _why_ended(ticket)


def _why_ended(ticket: Ticket) -> str:
    return str(ENDED.get(Outcome(ticket.outcome), "")) if ticket.outcome else ""
