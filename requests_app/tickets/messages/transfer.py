"""Pass a ticket to the body in charge, and tell the person which one it is (CRPA, L114-2)."""

from datetime import datetime

from django.utils.translation import gettext as _

from requests_app.lib import french
from requests_app.lib.languages import speaking
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import Message
from requests_app.routing.transfers import is_transferred
from requests_app.tickets.competence import goes_to_our_service
from requests_app.tickets.messages import handover
from requests_app.tickets.messages.automatic import cancel_kind, plan_message
from requests_app.tickets.messages.recipient import Reader, reader_of
from requests_app.tickets.messages.service_identity import as_mail, who_answers
from requests_app.tickets.models import Ticket, ToDo
from requests_app.tickets.todos import ask, drop

KIND = Outgoing.Kind.TRANSFER


def body_of(ticket: Ticket) -> str:
    """Return the body the ticket would go to: the one proposed, else that of its topic; "" when none."""
    if ticket.transfer_body:
        return ticket.transfer_body
    if ticket.topic is None or not is_transferred(ticket.topic):
        return ""
    advised = ticket.decision.transfer_body if ticket.decision else ""
    is_about_it = ticket.proposed_topic_id in {None, ticket.topic_id}
    return advised if advised and is_about_it else ticket.topic.competent_body


def pass_on(*, ticket: Ticket, at: datetime) -> None:
    """Pass the ticket to the body in charge, and tell the person."""
    body = body_of(ticket)
    given = handover.hand_over(ticket=ticket, body=body, at=at)
    notify_transfer(ticket=ticket, body=body, is_by_mail=given is not None, at=at)


def notify_transfer(*, ticket: Ticket, body: str, is_by_mail: bool, at: datetime) -> Outgoing | None:
    """Tell the person where the ticket goes; when no message may say so, ask an agent to.

    The body's name would reveal the topic: of a sensitive one, only an agent speaks.
    """
    reader = reader_of(ticket)
    if not body or reader is None or ticket.is_sensitive:
        _ask_agent(ticket, body, at)
        return None
    earlier = Outgoing.objects.filter(touchpoint__ticket=ticket, kind=KIND)
    message = _message(ticket, body, reader, rank=earlier.count() + 1, is_by_mail=is_by_mail)
    return plan_message(ticket=ticket, message=message, no_answer_reason=reader.why_silent, at=at)


def undo(*, ticket: Ticket, at: datetime) -> None:
    """Cancel the notice that has not left yet: the ticket is ours again."""
    drop(key=_key(ticket), at=at)
    cancel_kind(ticket, KIND, reason=_("La demande est rouverte."), at=at)
    handover.undo(ticket=ticket, at=at)


def _key(ticket: Ticket) -> str:
    return f"transfer:{ticket.reference}"


def _ask_agent(ticket: Ticket, body: str, at: datetime) -> None:
    words = _("Dites à la personne à qui sa demande est transmise.")
    if body and not ticket.is_sensitive:
        words = _("Dites à la personne que sa demande est transmise à : %(body)s.") % {"body": body}
    ask(ticket=ticket, kind=ToDo.Kind.ACKNOWLEDGE, text=words, key=_key(ticket), at=at)


def _message(ticket: Ticket, body: str, reader: Reader, *, rank: int, is_by_mail: bool) -> Message:
    who = who_answers(ticket)
    with speaking(ticket.language):
        received = french.day(ticket.first_received_on or ticket.received_at)
    context = {
        "reference": ticket.reference,
        "body": body,
        "who": who,
        "is_by_mail": is_by_mail,
        "is_internal": goes_to_our_service(ticket),
        "received": received,
    }
    template = "messages/transfer.txt"
    return as_mail(ticket, reader, KIND, who=who, template=template, context=context, rank=rank)
