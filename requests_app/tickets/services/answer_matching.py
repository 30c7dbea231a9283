"""Which ticket a message answers: by our seal, by a Message-ID in it, by a reference in the subject."""

import hashlib
import re

from django.conf import settings
from django.db.models.fields.json import KT
from django.db.models.functions import MD5

from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.models import Ticket, Touchpoint
from requests_app.tickets.references import ALPHABET, LENGTH

REFERENCE = re.compile(rf"\b{re.escape(settings.REFERENCE_PREFIX)}-[{ALPHABET}]{{{LENGTH}}}\b", re.IGNORECASE)
MAX_IDS = 50  # of a long thread, the last ones: the one answered stands at the end (RFC 5322, 3.6.4)


def answered_by(said: InboundMessage) -> tuple[Ticket | None, bool]:
    """Return the ticket, and whether the message proves that its sender has read one of its messages."""
    if said.follows:
        return _find_by_reference(said.follows), True
    if said.answers and (ticket := _find_by_message_id(said.answers[-MAX_IDS:])):
        return ticket, True
    return _find_by_reference(named_in(said.subject)), False


def named_in(text: str) -> str:
    """Return the first reference of ours at the beginning of a text, or ""."""
    found = REFERENCE.search(text[:300])
    return found[0].upper() if found else ""


def _find_by_reference(reference: str) -> Ticket | None:
    if not reference:
        return None
    return Ticket.objects.select_related("topic", "maison").filter(reference=reference).first()


def _find_by_message_id(ids: tuple[str, ...]) -> Ticket | None:
    """Find the ticket of the latest of these messages that came to us: one statement, by an index."""
    ranks = {hashlib.md5(each.encode(), usedforsecurity=False).hexdigest(): n for n, each in enumerate(ids)}
    came = Touchpoint.objects.filter(direction=Touchpoint.Direction.IN)
    found = came.annotate(id_md5=MD5(KT("facts__message_id"))).filter(id_md5__in=list(ranks))
    # The first with each id: anyone who knows an id may send many mails under it.
    rows = list(found.select_related("ticket__topic", "ticket__maison").order_by("pk")[:MAX_IDS])
    last = max(rows, key=lambda row: (ranks[row.id_md5], -row.pk), default=None)
    return last.ticket if last else None
