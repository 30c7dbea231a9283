"""A notice comes back about a message that was accepted: not delivered (threats: O06), or delivered."""

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


@transaction.atomic
def bounced(
    *, reason: str, is_permanent: bool, at: datetime, message_id: str = "", recipient: str = ""
) -> Outgoing | None:
    """A notice came back about one of our messages, named by its Message-ID or else by whom it was for.

    For good, the message has failed and its address is to check; otherwise only the log says so. What
    was delivered stays so. Returns None when the message is none of ours.
    """
    outgoing = _found(message_id.strip("<> "), recipient.strip().lower(), at)
    if outgoing is None:
        return None
    words = _("Avis de non-remise : %(reason)s") % {"reason": reason}
    step(outgoing.pk, words, at=at)
    handed = Outgoing.objects.filter(pk=outgoing.pk, state__in=HANDED_OVER)
    if is_permanent and handed.update(
        state=State.FAILED, reason=words[:300], ended_at=at, claimed_until=None
    ):
        check_contact(outgoing, reason, at)
    return outgoing


@transaction.atomic
def delivered(*, at: datetime, message_id: str = "", recipient: str = "") -> Outgoing | None:
    """A notice says that the other side has one of our messages; a failure is never overwritten.

    Returns None when the message is none of ours.
    """
    outgoing = _found(message_id.strip("<> "), recipient.strip().lower(), at)
    if outgoing is None:
        return None
    handed = Outgoing.objects.filter(pk=outgoing.pk, state__in=HANDED_OVER)
    sent_at = outgoing.sent_at or at
    if handed.update(state=State.DELIVERED, reason="", sent_at=sent_at, ended_at=at, claimed_until=None):
        step(outgoing.pk, _("Avis de remise : le message est arrivé."), at=at)
        no_doubt(outgoing, at)
        if outgoing.sent_at is None:
            links.carried(outgoing, at)
    return outgoing


def _found(message_id: str, recipient: str, at: datetime) -> Outgoing | None:
    if message_id:
        return Outgoing.objects.filter(message_id=message_id).first()
    sent = Outgoing.objects.filter(recipient=recipient, state=State.SENT, sent_at__gt=at - BOUNCES_FOR)
    return sent.order_by("-sent_at").first() if recipient else None
