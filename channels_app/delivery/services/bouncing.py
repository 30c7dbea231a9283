"""A notice about a message that was accepted: not delivered (threats: O06), or delivered.

Anybody can forge such a notice. So it counts only for the message that it names, and only when it is about
that message's own recipient (threats: N03).
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from channels_app.delivery.services.asking import check_contact, no_doubt
from requests_app.outbox import links
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import step

State = Outgoing.State
HANDED_OVER = (State.SENDING, State.UNCERTAIN, State.SENT)
BOUNCES_FOR = timedelta(days=5)  # how long servers keep trying (RFC 5321, 4.5.4.1)
MAX_READ = 50


@dataclass(frozen=True, slots=True)
class NamedMessage:
    """What a notice refers to: a message by its id, else a ticket by its reference.

    ``is_sealed`` when it came to an address that was sealed for this very message or its ticket.
    """

    message_id: str = ""
    reference: str = ""
    is_sealed: bool = False


def find_bounced(named: NamedMessage, recipients: Sequence[str], *, at: datetime) -> Outgoing | None:
    """Return the message that a notice is about, if it was sent to one of the recipients named there.

    A notice without a recipient is trusted when it comes to the sealed address of the message it returns.
    """
    if named.message_id:
        outgoing = Outgoing.objects.filter(message_id=named.message_id).first()
        is_its = not recipients and named.is_sealed
        return outgoing if outgoing and (is_its or is_among(outgoing.recipient, recipients)) else None
    return _last_of_ticket(named.reference, recipients, at) if named.reference else None


def _last_of_ticket(reference: str, recipients: Sequence[str], at: datetime) -> Outgoing | None:
    """Return a ticket's last message, when all went to one recipient: several would share its address."""
    sent = Outgoing.objects.filter(
        touchpoint__ticket__reference=reference, state=State.SENT, sent_at__gt=at - BOUNCES_FOR
    )
    found = list(sent.order_by("-sent_at")[:MAX_READ])
    if len({same_form(each.recipient) for each in found}) != 1:
        return None
    return found[0] if is_among(found[0].recipient, recipients) else None


def is_among(recipient: str, addresses: Sequence[str]) -> bool:
    """Return whether one of these addresses is this recipient, however servers write it."""
    return same_form(recipient) in {same_form(address) for address in addresses}


def same_form(address: str) -> str:
    """Return an address in lower case, its domain in ASCII (IDNA)."""
    local, _at, domain = address.strip().strip("<>").casefold().rpartition("@")
    with suppress(UnicodeError):
        domain = domain.rstrip(".").encode("idna").decode()
    return f"{local}@{domain}"


@transaction.atomic
def record_bounce(*, outgoing: Outgoing, reason: str, is_permanent: bool, at: datetime) -> None:
    """Record that a message of ours bounced.

    When permanent, the message has failed and its address must be checked; else only the log says so. What
    was delivered stays so.
    """
    words = _("Avis de non-remise : %(reason)s") % {"reason": reason}
    step(outgoing.pk, words, at=at)
    handed = Outgoing.objects.filter(pk=outgoing.pk, state__in=HANDED_OVER)
    if is_permanent and handed.update(
        state=State.FAILED, reason=words[:300], ended_at=at, claimed_until=None
    ):
        check_contact(outgoing, reason, at)


@transaction.atomic
def record_delivery(*, outgoing: Outgoing, at: datetime) -> None:
    """Record that the other side has one of our messages; a failure is never overwritten."""
    handed = Outgoing.objects.filter(pk=outgoing.pk, state__in=HANDED_OVER)
    sent_at = outgoing.sent_at or at
    if handed.update(state=State.DELIVERED, reason="", sent_at=sent_at, ended_at=at, claimed_until=None):
        step(outgoing.pk, _("Avis de remise : le message est arrivé."), at=at)
        no_doubt(outgoing, at)
        if outgoing.sent_at is None:
            links.extend_links(outgoing, at)
