"""The whole text of an answer: what the agent typed, who signs, how to go on (CRPA, art. L111-2)."""

from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.accounts.signing import signature, signer_of
from requests_app.answers.models import DraftFile
from requests_app.lib import seals
from requests_app.lib.languages import speaking
from requests_app.maisons.models import Maison
from requests_app.outbox.models import Outgoing
from requests_app.tickets.messages.identity import identity_of
from requests_app.tickets.messages.recipient import language_known
from requests_app.tickets.messages.spoken import reachable
from requests_app.tickets.models import Channel, Ticket, Touchpoint

MOST_REFERENCES = 20


def maison_of(ticket: Ticket) -> Maison | None:
    """The Maison that speaks, with its town."""
    if ticket.maison_id is None:
        return None
    return Maison.objects.select_related("commune").get(pk=ticket.maison_id)


def payload_of(ticket: Ticket, text: str, by: User, *, link: str = "") -> dict[str, Any]:
    """Subject, sender and complete text; the frame of the agent's words is in the reader's language.

    ``link`` stands for the page where the person follows their request.
    """
    who = reachable(identity_of(maison_of(ticket)))
    with speaking(language_known(ticket)):
        context = {
            "text": text,
            "signature": signature(signer_of(by), ticket.maison_id),
            "who": who,
            "reference": ticket.reference,
            "link": link,
        }
        return {
            "subject": _("Votre demande %(reference)s") % {"reference": ticket.reference},
            "sender": who.name,
            "text": render_to_string("messages/answer.txt", context).strip() + "\n",
        }


def mail_payload(
    ticket: Ticket, text: str, files: Iterable[DraftFile], by: User, *, link: str = ""
) -> dict[str, Any]:
    """What the mail channel speaks: the words, where an answer comes back, the files' names."""
    return {
        **payload_of(ticket, text, by, link=link),
        "reply_to": seals.reply_address(ticket.reference),
        "references": references_of(ticket),
        "files": [{"name": file.name, "content_type": file.content_type} for file in files],
    }


def references_of(ticket: Ticket) -> list[str]:
    """The Message-IDs of the thread, oldest first, so that mail programs show one conversation."""
    mails = Touchpoint.objects.filter(ticket=ticket, channel=Channel.Kind.MAIL).exclude(
        outgoing__state__in=(Outgoing.State.REFUSED, Outgoing.State.CANCELLED)
    )
    rows = mails.order_by("-occurred_at", "-pk").values_list("outgoing__message_id", "facts__message_id")
    ids = [ours or theirs for ours, theirs in rows[:MOST_REFERENCES]]
    return [message_id for message_id in reversed(ids) if message_id]
