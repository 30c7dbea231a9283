"""Leave and go on: an answer that no page fetched within a minute also goes to the contact given, once."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby

from django.db import transaction

from channels_app.chat.brief import answer_texts
from channels_app.chat.links import PURPOSE
from channels_app.chat.models import Line, Thread
from channels_app.chat.outbound import text_of
from requests_app.answers.writing import payload_of
from requests_app.channels.outbound import Address, Reply
from requests_app.channels.ways_out import compose, way_to
from requests_app.lib import seals
from requests_app.outbox import links
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import Message, queue
from requests_app.people.selectors import former_values
from requests_app.tickets.models import Touchpoint
from requests_app.tickets.models.touchpoint_facts import TouchpointFacts

FETCHED_WITHIN = timedelta(seconds=60)
AT_ONCE = 200


def tell_unread(*, at: datetime) -> int:
    """Send what nobody has fetched; return how many threads were told."""
    rows = Line.objects.unfetched(before=at - FETCHED_WITHIN).exclude(thread__contact="")
    waiting = list(rows.order_by("thread_id", "pk").values_list("thread_id", "pk")[:AT_ONCE])
    found = groupby(waiting, key=lambda row: row[0])
    return sum(_tell(thread_id, [pk for _thread, pk in lines], at) for thread_id, lines in found)


@transaction.atomic
def _tell(thread_id: int, line_ids: Sequence[int], at: datetime) -> bool:
    """Queue one message for the answers of a thread; False when a page has fetched them meanwhile."""
    thread = Thread.objects.select_for_update().get(pk=thread_id)
    mine = Line.objects.with_text().filter(pk__in=line_ids, told_at=None, pk__gt=thread.fetched_line)
    lines = list(mine.order_by("pk"))
    if not lines:
        return False
    Line.objects.filter(pk__in=line_ids).update(told_at=at)
    answer = (
        Touchpoint.objects.select_related("ticket__person", "author")
        .filter(outgoing=lines[-1].outgoing)
        .first()
    )
    # Nothing goes to a contact that an agent removed from the person's record (N06).
    if answer is None or thread.contact in former_values(answer.ticket.person_id):
        return False
    return _queue(thread, lines, answer, at)


def _queue(thread: Thread, lines: Sequence[Line], answer: Touchpoint, at: datetime) -> bool:
    way, author = way_to(Address(thread.contact_kind, thread.contact)), answer.author
    if way is None or author is None:
        return False
    ticket, key = answer.ticket, f"chat:{thread.pk}:{lines[-1].pk}"
    text = "\n\n".join(text_of(line.outgoing) for line in lines if line.outgoing)
    link = links.link_for(key, PURPOSE, thread.pk, at)
    reply = Reply(
        ticket_id=ticket.pk,
        reference=ticket.reference,
        full=lambda: payload_of(ticket, text, author, link=link),
        brief=lambda: answer_texts(ticket, text, link),
        answers=None,
    )
    message = Message(
        key=key,
        kind=Outgoing.Kind.ANSWER,
        channel=way.key,
        recipient=thread.contact,
        message_id=seals.new_message_id(ticket.reference),
        payload=compose(way.key, reply).content,
    )
    outgoing, _is_new = queue(message, at=at)
    _show(answer, outgoing, at)
    return True


def _show(answer: Touchpoint, outgoing: Outgoing, at: datetime) -> None:
    """Add it to the thread of the ticket, as a copy of the answer."""
    Touchpoint.objects.create(
        ticket=answer.ticket,
        channel=outgoing.channel,
        direction=Touchpoint.Direction.OUT,
        occurred_at=at,
        recorded_at=at,
        author=answer.author,
        maison_id=answer.maison_id,
        sender=outgoing.recipient,
        subject=outgoing.payload.get("subject", ""),
        text=links.as_shown(outgoing.payload["text"]),
        outgoing=outgoing,
        facts=TouchpointFacts(kind=outgoing.kind, copy_of=answer.pk),
    )
