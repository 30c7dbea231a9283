"""A demand that is another body's business is passed on: the person is told to whom (CRPA, art. L114-2)."""

from datetime import datetime

from django.utils.translation import gettext as _

from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import Message
from requests_app.tickets.messages.automatic import say, take_back_kind
from requests_app.tickets.messages.recipient import Reader, reader_of
from requests_app.tickets.messages.spoken import as_mail, who_answers
from requests_app.tickets.models import Task, Ticket
from requests_app.tickets.services.tasks import ask, drop

KIND = Outgoing.Kind.TRANSFER


def tell(*, ticket: Ticket, at: datetime) -> Outgoing | None:
    """Say to whom the demand goes; when no message may say it, an agent is asked to.

    The name of the body would tell the topic: of a sensitive one, only an agent speaks.
    """
    body = ticket.transfer_body or (ticket.topic.competent_body if ticket.topic else "")
    reader = reader_of(ticket)
    if not body or reader is None or ticket.is_sensitive:
        _ask_agent(ticket, body, at)
        return None
    told = Outgoing.objects.filter(touchpoint__ticket=ticket, kind=KIND)
    message = _message(ticket, body, reader, rank=told.count() + 1)
    return say(ticket=ticket, message=message, no_answer_reason=reader.why_silent, at=at)


def take_back(*, ticket: Ticket, at: datetime) -> None:
    """The demand is ours again: what has not left does not leave."""
    drop(key=_key(ticket), at=at)
    take_back_kind(ticket, KIND, reason=_("La demande est rouverte."), at=at)


def _key(ticket: Ticket) -> str:
    return f"transfer:{ticket.reference}"


def _ask_agent(ticket: Ticket, body: str, at: datetime) -> None:
    words = _("Dites à la personne à qui sa demande est transmise.")
    if body and not ticket.is_sensitive:
        words = _("Dites à la personne que sa demande est transmise à : %(body)s.") % {"body": body}
    ask(ticket=ticket, kind=Task.Kind.ACKNOWLEDGE, text=words, key=_key(ticket), at=at)


def _message(ticket: Ticket, body: str, reader: Reader, *, rank: int) -> Message:
    who = who_answers(ticket)
    context = {"reference": ticket.reference, "body": body, "who": who}
    template = "messages/transfer.txt"
    return as_mail(ticket, reader, KIND, who=who, template=template, context=context, rank=rank)
