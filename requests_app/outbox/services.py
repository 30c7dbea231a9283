"""Write what must be said, and take it back in time; channels_app/delivery makes it leave."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from requests_app.lib.wake import wake
from requests_app.outbox.models import Outgoing, OutgoingStep
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
    """Keep a message to send; a second one for the same reason is the first one. Returns (row, is_new).

    Call it in the transaction of the cause (I4). Two at the same instant: the unique key refuses one.
    ``is_first``: its cause is born in this transaction, so nothing was said about it yet.
    """
    if not is_first and (known := Outgoing.objects.filter(key=message.key).first()):
        return known, False
    outgoing = _kept(message, at)
    if not message.delay:
        wake("delivery.send", outgoing_id=outgoing.pk)
    return outgoing, True


def refuse(message: Message, *, reason: str, at: datetime, state: str = State.REFUSED) -> Outgoing:
    """Keep what will not be said, and why, so that the agent reads it on the ticket."""
    known = Outgoing.objects.filter(key=message.key).first()
    return known or _kept(message, at, state=state, reason=reason[:300], ended_at=at)


def _kept(message: Message, at: datetime, **fields: Any) -> Outgoing:
    due = at + message.delay
    return Outgoing.objects.create(
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
    """Take back what has not left yet; False when it is too late."""
    return stop(outgoing, State.CANCELLED, reason=reason or _("Envoi annulé."), at=at)


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
