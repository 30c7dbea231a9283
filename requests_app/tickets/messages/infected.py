"""Tell who sent an infected file that we did not open it (threats: M17).

It names neither the file nor the virus: a stranger cannot make us write his words to a victim (M12).
"""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from requests_app.lib import seals
from requests_app.maisons.models import Maison
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import Message
from requests_app.people.models import ContactPoint
from requests_app.tickets.messages.automatic import say
from requests_app.tickets.messages.identity import identity_of
from requests_app.tickets.models import Channel, Task, Ticket, Touchpoint
from requests_app.tickets.services.tasks import ask

KIND = Outgoing.Kind.NOTICE


def tell_infected(touchpoint: Touchpoint, *, at: datetime) -> None:
    """Once for each message, by mail when it came by mail and may be answered; else an agent is asked to."""
    ticket = touchpoint.ticket
    is_mail = touchpoint.channel == Channel.Kind.MAIL and "@" in touchpoint.sender
    outgoing = None
    if is_mail and not touchpoint.facts.get("no_ack"):
        outgoing = say(ticket=ticket, message=_message(ticket, touchpoint), at=at)
    if outgoing is None or outgoing.state == Outgoing.State.REFUSED:
        words = _(
            "Un fichier reçu contenait un virus : dites-le à la personne, elle peut l’envoyer autrement."
        )
        ask(ticket=ticket, kind=Task.Kind.CALL, text=words, key=f"infected:{touchpoint.pk}", at=at)


def _message(ticket: Ticket, touchpoint: Touchpoint) -> Message:
    replied = str(touchpoint.facts.get("message_id") or "")
    recipient = touchpoint.sender
    with translation.override(settings.LANGUAGE_CODE):
        placed = Maison.objects.select_related("commune")
        who = identity_of(placed.get(pk=ticket.maison_id) if ticket.maison_id else None)
        words = {
            "subject": _("Votre demande %(reference)s") % {"reference": ticket.reference},
            "sender": who.name,
            "text": render_to_string(
                "messages/infected.txt", {"reference": ticket.reference, "who": who}
            ).strip()
            + "\n",
        }
    return Message(
        key=f"{KIND}:infected-{touchpoint.pk}:{recipient}:mail",
        kind=KIND,
        channel=Channel.Kind.MAIL,
        recipient=recipient,
        message_id=seals.new_message_id(ticket.reference),
        contact_point=ContactPoint.objects.at(ContactPoint.Kind.EMAIL, recipient)
        .filter(person=ticket.person)
        .first(),
        payload={
            **words,
            "reply_to": seals.reply_address(ticket.reference),
            "references": [replied] if replied else [],
        },
    )
