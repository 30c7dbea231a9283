"""Write what must be said, and cancel it in time; channels_app/delivery sends it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.lib.enqueue import enqueue
from requests_app.outbox.models import Outgoing, OutgoingQuerySet, OutgoingStep
from requests_app.people.models import ContactPoint

TRIED_FOR = timedelta(hours=24)  # threats: O03
State = Outgoing.State


@dataclass(frozen=True, slots=True)
class Message:
    """What to say, to whom, by which channel. ``key`` names the business reason once and for all.

    ``payload`` for mail: ``sender`` (display name), ``reply_to``, ``subject``, ``text``, ``html``,
    ``headers`` (in_reply_to, references, auto_submitted…). ``files`` are names in the file storage,
    described in ``payload["files"]`` (name, content_type) in the same order.
    """

    key: str
    kind: str
    channel: str
    recipient: str
    message_id: str
    payload: dict[str, Any]
    files: tuple[str, ...] = ()
    contact_point: ContactPoint | None = None
    delay: timedelta = field(default=timedelta())


def queue(message: Message, *, at: datetime, is_first: bool = False) -> tuple[Outgoing, bool]:
    """Store a message to send; a second one for the same reason is the first one. Returns (row, is_new).

    Call it in the transaction of the cause (I4). Two at the same instant: the unique key refuses one.
    ``is_first``: its cause is born in this transaction, so nothing was said about it yet.
    """
    if not is_first and (known := Outgoing.objects.filter(key=message.key).first()):
        return known, False
    outgoing = _store(message, at)
    if not message.delay:
        enqueue("delivery.send", outgoing_id=outgoing.pk)
    return outgoing, True


def refuse(message: Message, *, reason: str, at: datetime, state: str = State.REFUSED) -> Outgoing:
    """Store what will not be sent, and why, so that the agent reads it on the ticket."""
    known = Outgoing.objects.filter(key=message.key).first()
    return known or _store(message, at, state=state, reason=reason[:300], ended_at=at)


def queue_all(rows: Sequence[Outgoing]) -> dict[str, int]:
    """Store many messages at once; return the ids by key. Two statements, however many.

    One that is known by its key stays as it is; of two at the same instant the unique key refuses one (I4).
    No task is enqueued: this is for what leaves later, by the sweep.
    """
    Outgoing.objects.bulk_create(rows, ignore_conflicts=True)
    stored = Outgoing.objects.filter(key__in=[row.key for row in rows])
    return dict(stored.values_list("key", "pk"))


def _store(message: Message, at: datetime, **fields: Any) -> Outgoing:
    row = row_of(message, at, **fields)
    row.save(force_insert=True)
    return row


def row_of(message: Message, at: datetime, **fields: Any) -> Outgoing:
    """Build the row of a message, not stored yet."""
    due = at.astimezone(UTC) + message.delay  # on no clock that changes its hour meanwhile (threats: F09)
    return Outgoing(
        key=message.key,
        kind=message.kind,
        channel=message.channel,
        recipient=message.recipient,
        message_id=message.message_id,
        payload=message.payload,
        files=list(message.files),
        contact_point=message.contact_point,
        created_at=at,
        try_after=due,
        give_up_at=due + TRIED_FOR,
        **fields,
    )


def cancel(*, outgoing: Outgoing, reason: str = "", at: datetime) -> bool:
    """Cancel what has not left yet; False when it is too late."""
    return stop(outgoing, State.CANCELLED, reason=reason or _("Envoi annulé."), at=at)


@transaction.atomic
def cancel_all(rows: OutgoingQuerySet, *, reason: str, at: datetime) -> int:
    """Cancel those that have not left yet, in three statements; return how many."""
    queued = rows.filter(state=State.QUEUED).select_for_update(of=("self",))
    ids = list(queued.values_list("pk", flat=True))
    if ids:
        changes = {"state": State.CANCELLED, "reason": reason[:300], "ended_at": at}
        Outgoing.objects.filter(pk__in=ids).update(**changes)
        OutgoingStep.objects.bulk_create(OutgoingStep(outgoing_id=pk, at=at, text=reason[:300]) for pk in ids)
    return len(ids)


def stop(outgoing: Outgoing, state: str, *, reason: str, at: datetime) -> bool:
    """End a message that was never handed over."""
    changes = {"state": state, "reason": reason[:300], "ended_at": at}
    stopped = Outgoing.objects.filter(pk=outgoing.pk, state=State.QUEUED).update(**changes)
    if stopped:
        step(outgoing.pk, reason, at=at)
        for name, value in changes.items():
            setattr(outgoing, name, value)
    return bool(stopped)


def step(outgoing_id: int, text: str, *, at: datetime) -> None:
    """Add a line to the communication log."""
    OutgoingStep.objects.create(outgoing_id=outgoing_id, at=at, text=text[:300])
