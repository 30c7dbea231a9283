"""Composing a message sent by mail: its reply address, the thread it belongs to."""

from dataclasses import asdict
from typing import Any

from channels_app.mail.key import KEY
from requests_app.channels.outbound import CALENDAR, Payload, Reply
from requests_app.lib import seals
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import Touchpoint

MAX_REFERENCES = 20


def compose(reply: Reply) -> Payload:
    """Compose the whole text; an agent's own message replies to the whole thread."""
    content: dict[str, Any] = {"reply_to": seals.reply_address(reply.reference)}
    is_thread = reply.answers is None
    content["references"] = references_of(reply.ticket_id) if is_thread else list(reply.answers or ())
    if reply.files:
        content["files"] = [{"name": file.name, "content_type": file.content_type} for file in reply.files]
    if reply.calendar:
        content[CALENDAR] = asdict(reply.calendar())
    return Payload({**content, **reply.full(), **(reply.more or {})})


def references_of(ticket_id: int) -> list[str]:
    """Return the Message-IDs of the thread, oldest first, so that mail programs show one conversation."""
    mails = Touchpoint.objects.filter(ticket=ticket_id, channel=KEY).exclude(
        outgoing__state__in=Outgoing.NEVER_LEFT
    )
    rows = mails.order_by("-occurred_at", "-pk").values_list("outgoing__message_id", "facts__message_id")
    ids = [ours or theirs for ours, theirs in rows[:MAX_REFERENCES]]
    return [message_id for message_id in reversed(ids) if message_id]
