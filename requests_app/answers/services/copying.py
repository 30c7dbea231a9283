"""The same answer to participants: one message each, so that they do not see each other (never Cc)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from requests_app.lib import seals
from requests_app.outbox.services import Message, cancel, queue
from requests_app.tickets.models import Participant, Touchpoint
from requests_app.tickets.models.touchpoint_facts import TouchpointFacts


def copy_to(
    people: Iterable[Participant], touchpoint: Touchpoint, message: Message, *, stem: str, at: datetime
) -> None:
    """Queue an answer's message for each of them but its recipient; ``stem`` begins their keys."""
    for each in people:
        if each.address != message.recipient:
            _copy(each, touchpoint, replace(message, key=f"{stem}:participant-{each.pk}"), at)


def _copy(to: Participant, answer: Touchpoint, message: Message, at: datetime) -> None:
    outgoing, _is_new = queue(
        replace(
            message,
            recipient=to.address,
            message_id=seals.new_message_id(answer.ticket.reference),
            contact_point=None,
        ),
        at=at,
    )
    Touchpoint.objects.create(
        ticket=answer.ticket,
        channel=message.channel,
        direction=Touchpoint.Direction.OUT,
        occurred_at=at,
        recorded_at=at,
        author=answer.author,
        maison_id=answer.maison_id,
        sender=to.address,
        subject=message.payload["subject"],
        text=message.payload["text"],
        outgoing=outgoing,
        facts=TouchpointFacts(kind=outgoing.kind, copy_of=answer.pk),
    )


def take_copies_back(answer: Touchpoint, *, at: datetime) -> bool:
    """Cancel every copy of an answer; return False as soon as one has left."""
    copies = Touchpoint.objects.select_related("outgoing").filter(
        ticket=answer.ticket_id, facts__copy_of=answer.pk
    )
    for copy in copies:
        if copy.outgoing is None or not cancel(outgoing=copy.outgoing, at=at):
            return False
        copy.delete()
    return True
