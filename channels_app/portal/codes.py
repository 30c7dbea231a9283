"""A number and a code sent to the contact on record open the page of a ticket (threats: W09).

The page answers the same, in the same time, whether the ticket exists or not: it stores a row, and a worker
looks it up.
"""

import hashlib
import re
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from channels_app.portal import limits
from channels_app.portal.contacts import OnFile, contact_on_file
from channels_app.portal.limits import Attempt, Limit
from channels_app.portal.models import CodeAsk
from requests_app.channels.ways_out import outbound_of
from requests_app.lib import seals
from requests_app.lib.enqueue import enqueue
from requests_app.lib.languages import speaking
from requests_app.outbox import links
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import Message
from requests_app.tickets.messages.automatic import plan_message
from requests_app.tickets.models import Ticket
from requests_app.tickets.services.follow_up import Closure

LASTS = timedelta(minutes=15)
OPEN_FOR = timedelta(minutes=30)
KEPT_FOR = timedelta(days=1)
# The purposes of pages opened by a code: these also show sensitive content.
SURE, SURE_APPOINTMENT = "ticket_code", "appointment_code"
ASKS_BY_ADDRESS = Limit("code_address", 20, timedelta(hours=1))
ASKS_BY_NUMBER = Limit("code_number", 5, timedelta(hours=1))
TRIES = Limit("code_try", 5, timedelta(minutes=15))
KIND = Outgoing.Kind.CODE
_NOT_OF_CODE = re.compile(r"[^0-9A-Z]")
_NO_FIGURE = re.compile(r"\D")
FOR_APPOINTMENT = "rdv."  # prefix of a token: its dot is no character of token_urlsafe


def reference_in(typed: str) -> str:
    """Return « LYN-7K4P2Q » for « lyn 7k4 p2q » or « 7K4P2Q »; "" when it is not a number of ours."""
    signs = _NOT_OF_CODE.sub("", typed.upper()[:40])
    figures = signs.removeprefix(settings.REFERENCE_PREFIX)
    return f"{settings.REFERENCE_PREFIX}-{figures}" if len(figures) == 6 else ""


def ask(*, reference: str, appointment_id: int | None = None, at: datetime) -> str:
    """Store a request for a code, for a ticket or one of its appointments; returns the browser's token."""
    token = (FOR_APPOINTMENT if appointment_id else "") + secrets.token_urlsafe(16)
    row = CodeAsk.objects.create(
        token_hash=_hash(token),
        reference=reference,
        appointment_id=appointment_id,
        asked_at=at,
        expires_at=at + LASTS,
    )
    enqueue("portal.send_code", ask_id=row.pk)
    return token


@transaction.atomic
def send(*, ask_id: int, at: datetime) -> None:
    """Send the code once to the contact on record of the ticket, if both exist."""
    row = CodeAsk.objects.waiting(at).select_for_update().filter(pk=ask_id).first()
    if row is None:
        return
    row.handled_at = at
    row.ticket = Ticket.objects.filter(reference=row.reference).first()
    contact = contact_on_file(row.ticket) if row.ticket else None
    if row.ticket and contact:
        plan_message(ticket=row.ticket, message=_message(row, row.ticket, contact), at=at)
    row.save(update_fields=["handled_at", "ticket"])


def send_forgotten(*, at: datetime) -> int:
    """Send the codes whose task was lost; returns how many were checked."""
    late = CodeAsk.objects.waiting(at).filter(asked_at__lt=at - timedelta(seconds=5))
    ids = list(late.order_by("asked_at").values_list("pk", flat=True)[:200])
    for pk in ids:
        send(ask_id=pk, at=at)
    return len(ids)


def end_codes(closed: Closure) -> None:
    """Revoke codes, and pages opened by one, with the links (threats: N06)."""
    asks = CodeAsk.objects.filter(ticket__in=closed.ticket_ids, expires_at__gt=closed.at - OPEN_FOR)
    keys = {_key(pk): pk for pk in asks.values_list("pk", flat=True)}
    sent = Outgoing.objects.filter(key__in=keys)
    if closed.addresses is not None:
        sent = sent.filter(recipient__in=closed.addresses)
    ended = [keys[key] for key in sent.values_list("key", flat=True)]
    CodeAsk.objects.alive(closed.at).filter(pk__in=ended).update(expires_at=closed.at)
    links.revoke_sent([_page_key(pk) for pk in ended], at=closed.at)


def is_still_valid(outgoing: Outgoing, at: datetime) -> str:
    """Return why a code that waited must no longer be sent, or "" (threats: O04): nobody could use it."""
    row_id = outgoing.key.rpartition(":")[2]
    is_alive = row_id.isdecimal() and CodeAsk.objects.alive(at).filter(pk=row_id).exists()
    return "" if is_alive else _("Ce code ne marche plus : il n’est pas parti.")


def check(*, token: str, typed: str, at: datetime) -> str:
    """Return the address of the page when the code is right, else ""; the same work in both cases."""
    row = CodeAsk.objects.alive(at).filter(token_hash=_hash(token)).first()
    wanted = links.code_of(_key(row.pk)) if row else links.code_of(secrets.token_hex(8))
    figures = _NO_FIGURE.sub("", typed[:40])
    is_right = constant_time_compare(figures, wanted)
    limits.note(Attempt(TRIES, row.reference if row else token), at=at)
    if not (row and row.ticket_id and is_right):
        return ""
    if not CodeAsk.objects.alive(at).filter(pk=row.pk).update(used_at=at):
        return ""
    return _open_page(row, row.ticket_id, at)


def _open_page(row: CodeAsk, ticket_id: int, at: datetime) -> str:
    key, until, appointment_id = _page_key(row.pk), at + OPEN_FOR, row.appointment_id
    purpose = SURE_APPOINTMENT if appointment_id else SURE
    secret = links.open_page(key, purpose, appointment_id or ticket_id, until=until, at=at)
    return reverse(links.PAGES[purpose].view, args=[secret])


def is_for_appointment(token: str) -> bool:
    """Return whether this browser asked to see an appointment, which the code page then mentions."""
    return token.startswith(FOR_APPOINTMENT)


def is_tried_too_often(token: str, *, at: datetime) -> bool:
    """Return whether a number had five tries, by anyone: then they must wait."""
    row = CodeAsk.objects.filter(token_hash=_hash(token)).only("reference").first()
    return limits.is_over(Attempt(TRIES, row.reference if row else token), at=at)


def purge_expired(*, at: datetime) -> int:
    """Delete yesterday's requests for codes; returns how many."""
    return CodeAsk.objects.filter(expires_at__lt=at - KEPT_FOR).delete()[0]


def _message(row: CodeAsk, ticket: Ticket, contact: OnFile) -> Message:
    with speaking(ticket.language):
        out = outbound_of(contact.channel)
        name = "messages/brief/code.txt" if out and out.is_brief else "messages/code.txt"
        context = {
            "code": links.CODE,
            "authority": settings.AUTHORITY_NAME,
            "phone": settings.AUTHORITY_PHONE,
        }
        text = render_to_string(name, context).strip()
        subject = _("Votre demande %(reference)s") % {"reference": ticket.reference}
    return Message(
        key=_key(row.pk),
        kind=KIND,
        channel=contact.channel,
        recipient=contact.value,
        message_id=seals.new_message_id(ticket.reference),
        contact_point=contact.point,
        payload={"subject": subject, "sender": settings.AUTHORITY_NAME, "text": text},
    )


def _key(ask_id: int) -> str:
    return f"{KIND}:{ask_id}"


def _page_key(ask_id: int) -> str:
    return f"page:{ask_id}"


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
