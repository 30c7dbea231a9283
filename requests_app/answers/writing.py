"""The whole text of an answer: what the agent typed, the signature, what comes next (CRPA, art. L111-2)."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.accounts.signing import signature, signer_of
from requests_app.lib.languages import speaking
from requests_app.maisons.models import Maison
from requests_app.tickets.messages.identity import identity_of
from requests_app.tickets.messages.recipient import language_known
from requests_app.tickets.messages.service_identity import reachable
from requests_app.tickets.models import Ticket


def maison_of(ticket: Ticket) -> Maison | None:
    """Return the Maison that signs, with its town."""
    if ticket.maison_id is None:
        return None
    return Maison.objects.select_related("commune").get(pk=ticket.maison_id)


def payload_of(ticket: Ticket, text: str, by: User, *, link: str = "") -> dict[str, Any]:
    """Return subject, sender and full text; the frame around the agent's text is in the reader's language.

    ``link`` stands for the page where the person follows their ticket.
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
