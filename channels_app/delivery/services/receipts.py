"""A provider reports what became of a message: the state only moves forward (threats: S03)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from channels_app.delivery.models import Receipt
from channels_app.delivery.services.asking import check_contact
from requests_app.outbox import links
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import step

State = Outgoing.State
BEFORE = {
    State.SENT: (State.SENDING, State.UNCERTAIN),
    State.DELIVERED: (State.SENDING, State.UNCERTAIN, State.SENT),
    State.FAILED: (State.SENDING, State.UNCERTAIN, State.SENT),
}
WAITED_FOR = timedelta(days=3)
MAX_ROWS = 500
IN_A_ROW = 2  # failures at one number, after which an agent looks for another channel


@dataclass(frozen=True, slots=True)
class StatusReport:
    """A translated receipt; ``reason`` is shown, ``is_address`` when nothing will ever arrive there."""

    channel: str
    provider_id: str
    state: str
    reason: str = ""
    is_address: bool = False
    mark: int | None = None


def receive_receipt(told: StatusReport, *, at: datetime) -> None:
    """Store a receipt and update its message; one that is stored already changes nothing.

    A receipt of a message that we do not know yet waits for the sweep.
    """
    row = Receipt(
        channel=told.channel,
        provider_id=told.provider_id[:200],
        mark=told.mark,
        state=told.state,
        reason=told.reason[:200],
        is_address=told.is_address,
        at=at,
    )
    with transaction.atomic():
        Receipt.objects.bulk_create([row], ignore_conflicts=True)
        same = Receipt.objects.filter(provider_id=row.provider_id, state=row.state, reason=row.reason)
        kept = same.filter(settled_at=None).select_for_update().first()
        if kept:
            _settle(kept, at)


def settle_receipts(*, at: datetime) -> int:
    """Apply the receipts that came before their message was recorded; returns how many."""
    ids = list(Receipt.objects.to_settle(at - WAITED_FOR).values_list("pk", flat=True)[:MAX_ROWS])
    return sum(_settle_later(pk, at) for pk in ids)


@transaction.atomic
def _settle_later(pk: int, at: datetime) -> bool:
    rows = Receipt.objects.filter(pk=pk, settled_at=None)
    receipt = rows.select_for_update(skip_locked=True).first()
    return bool(receipt and _settle(receipt, at))


def _settle(receipt: Receipt, at: datetime) -> bool:
    outgoing = _outgoing(receipt)
    if outgoing is None:
        return False
    Receipt.objects.filter(pk=receipt.pk).update(settled_at=at)
    _move(outgoing, receipt, at)
    return True


def _outgoing(receipt: Receipt) -> Outgoing | None:
    rows = Outgoing.objects.select_for_update().filter(channel=receipt.channel)
    if found := rows.filter(provider_id=receipt.provider_id).first():
        return found
    return rows.filter(pk=receipt.mark).first() if receipt.mark else None


def _move(outgoing: Outgoing, receipt: Receipt, at: datetime) -> None:
    is_other = bool(outgoing.provider_id) and outgoing.provider_id != receipt.provider_id
    if is_other and receipt.state == State.FAILED:  # of a first try, sent again since
        return
    moved = Outgoing.objects.filter(pk=outgoing.pk, state__in=BEFORE[State(receipt.state)]).update(
        state=receipt.state,
        provider_id=outgoing.provider_id or receipt.provider_id,
        reason=receipt.reason,
        sent_at=outgoing.sent_at or at,
        ended_at=at,
        claimed_until=None,
    )
    if not moved:
        return
    step(outgoing.pk, _words(receipt), at=at)
    if receipt.state == State.FAILED:
        _ask_for_another_way(outgoing, receipt, at)
    elif outgoing.sent_at is None:
        links.extend_links(outgoing, at)


def _words(receipt: Receipt) -> str:
    words = {State.SENT: _("Parti."), State.DELIVERED: _("Remis à son destinataire.")}
    return words.get(State(receipt.state)) or _("Non remis : %(why)s") % {"why": receipt.reason}


def _ask_for_another_way(outgoing: Outgoing, receipt: Receipt, at: datetime) -> None:
    """Create a task at once when the address is to blame, else when it happens again (threats: O06)."""
    ended = Outgoing.objects.filter(channel=outgoing.channel, recipient=outgoing.recipient)
    last = ended.filter(state__in=(State.FAILED, State.DELIVERED)).order_by("-ended_at", "-pk")
    in_a_row = list(last.values_list("state", flat=True)[:IN_A_ROW])
    if receipt.is_address or in_a_row == [State.FAILED] * IN_A_ROW:
        check_contact(outgoing, receipt.reason, at)
