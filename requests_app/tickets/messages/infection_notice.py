"""Tell the sender of an infected file that we did not open it (threats: M17).

It names neither the file nor the virus: a stranger cannot make us write their words to a victim (M12).
"""

from datetime import datetime

from django.utils.translation import gettext as _

from requests_app.channels.ways_out import keys_writing_to
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import Message
from requests_app.people.models import ContactPoint
from requests_app.tickets.messages.automatic import plan_message
from requests_app.tickets.messages.recipient import Reader
from requests_app.tickets.messages.service_identity import mail_to, who_answers, words_of
from requests_app.tickets.models import Ticket, ToDo, Touchpoint
from requests_app.tickets.todos import ask

KIND = Outgoing.Kind.NOTICE


def tell_infected(touchpoint: Touchpoint, *, at: datetime) -> None:
    """Send one notice per message, by mail when the sender can be answered by mail; else ask an agent."""
    ticket = touchpoint.ticket
    is_mail = touchpoint.channel in keys_writing_to(ContactPoint.Kind.EMAIL) and "@" in touchpoint.sender
    outgoing = None
    if is_mail and not touchpoint.facts.get("no_ack"):
        outgoing = plan_message(ticket=ticket, message=_message(ticket, touchpoint), at=at)
    if outgoing is None or outgoing.state == Outgoing.State.REFUSED:
        words = _(
            "Un fichier reçu contenait un virus : dites-le à la personne, elle peut l’envoyer autrement."
        )
        ask(ticket=ticket, kind=ToDo.Kind.CALL, text=words, key=f"infected:{touchpoint.pk}", at=at)


def _message(ticket: Ticket, touchpoint: Touchpoint) -> Message:
    sender = touchpoint.sender
    points = ContactPoint.objects.at(ContactPoint.Kind.EMAIL, sender)
    reader = Reader(
        sender,
        points.filter(person=ticket.person).first(),
        answers=str(touchpoint.facts.get("message_id") or ""),
    )
    who = who_answers(ticket)
    words = words_of(ticket, who, "messages/infected.txt", {"reference": ticket.reference, "who": who})
    key = f"{KIND}:infected-{touchpoint.pk}:{sender}:mail"
    return mail_to(ticket, reader, key=key, kind=KIND, **words)
