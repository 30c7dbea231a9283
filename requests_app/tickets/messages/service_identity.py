"""What messages triggered by an agent's action share: a mail signed by the service in charge."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from requests_app.channels.outbound import Reply
from requests_app.channels.ways_out import channel_for, compose
from requests_app.lib import seals
from requests_app.lib.languages import speaking
from requests_app.maisons.models import Maison
from requests_app.outbox.services import Message
from requests_app.people.models import ContactPoint
from requests_app.tickets.messages.identity import Identity, identity_of
from requests_app.tickets.messages.recipient import Reader
from requests_app.tickets.models import Ticket

SECOND_THOUGHTS = timedelta(minutes=10)  # an agent who corrects themselves in that time changes what leaves


def who_answers(ticket: Ticket) -> Identity:
    """Return the service in charge, with a contact to write to: the law asks for one."""
    placed = Maison.objects.select_related("commune")
    return reachable(identity_of(placed.get(pk=ticket.maison_id) if ticket.maison_id else None))


def reachable(who: Identity) -> Identity:
    """Return the same identity, with an e-mail to write to when it has none of its own."""
    return who if who.email else replace(who, email=settings.MAIL_FROM)


def as_mail(
    ticket: Ticket,
    reader: Reader,
    kind: str,
    *,
    who: Identity,
    template: str,
    context: dict[str, Any],
    rank: int,
    **facts: Any,
) -> Message:
    """Build the ``rank``-th mail of this kind about a ticket; it leaves after ten minutes."""
    words = words_of(ticket, who, template, context)
    key = f"{kind}:{ticket.reference}:{rank}"
    return mail_to(ticket, reader, key=key, kind=kind, delay=SECOND_THOUGHTS, **words, **facts)


def words_of(ticket: Ticket, who: Identity, template: str, context: dict[str, Any]) -> dict[str, Any]:
    """Render subject, sender and text of a mail, in its reader's language when it is one of ours."""
    with speaking(ticket.language):
        return {
            "subject": _("Votre demande %(reference)s") % {"reference": ticket.reference},
            "sender": who.name,
            "text": render_to_string(template, context).strip() + "\n",
        }


def mail_to(
    ticket: Ticket, reader: Reader, *, key: str, kind: str, delay: timedelta = timedelta(0), **payload: Any
) -> Message:
    """Build a mail about a ticket, whose answer comes back to the ticket; ``payload`` holds its text."""
    channel, answers = channel_for(ContactPoint.Kind.EMAIL), [reader.answers] if reader.answers else []
    reply = Reply(ticket_id=ticket.pk, reference=ticket.reference, full=lambda: payload, answers=answers)
    return Message(
        key=key,
        kind=kind,
        channel=channel,
        recipient=reader.address,
        message_id=seals.new_message_id(ticket.reference),
        contact_point=reader.contact_point,
        payload=compose(channel, reply).content,
        delay=delay,
    )
