"""What a page of a thread shows: its lines, in order, and what is true of it now."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from channels_app.chat import links, live, presence
from channels_app.chat.models import Line, Thread
from channels_app.chat.outbound import text_of
from channels_app.chat.wire import read_typed
from channels_app.contract import Unreadable
from requests_app.lib.dangers import DANGERS, Danger, Number
from requests_app.tickets.models import Touchpoint

MAX_ROWS = 300
IN, OUT = Touchpoint.Direction.IN, Touchpoint.Direction.OUT


@dataclass(frozen=True, slots=True)
class Row:
    """One line as both sides read it."""

    id: int
    direction: str
    text: str
    at: datetime
    client_id: str

    @property
    def is_mine(self) -> bool:
        return self.direction == IN


def find(secret: str, *, at: datetime) -> Thread | None:
    """Return the thread of a secret with its ticket and its last line; the same answer for any other."""
    thread_id = links.find_thread(secret, at=at)
    if thread_id is None:
        return None
    threads = Thread.objects.with_last_line().select_related("ticket__maison__commune")
    return threads.filter(pk=thread_id).first()


def rows_of(thread: Thread, *, after: int = 0) -> list[Row]:
    """Return the lines after this one, oldest first."""
    lines = Line.objects.with_text().filter(thread=thread, pk__gt=after).order_by("-pk")[:MAX_ROWS]
    return [row_of(line) for line in reversed(lines)]


def row_of(line: Line) -> Row:
    if line.outgoing:
        return Row(line.pk, OUT, text_of(line.outgoing), line.at, "")
    return Row(line.pk, IN, _text_of_input(line), line.at, line.client_id)


def _text_of_input(line: Line) -> str:
    """Return the words of a line: those of its touchpoint, or of its raw input while it is not parsed."""
    arrival = line.arrival
    if arrival is None:
        return ""
    if arrival.touchpoint:
        return str(arrival.touchpoint.reply_text or arrival.touchpoint.text)
    try:
        return read_typed(arrival.raw.content).text
    except Unreadable:
        return ""


def dangers_of(thread: Thread) -> list[Danger]:
    """Return the dangers that the person's lines mention, the gravest first."""
    return [danger for danger in DANGERS if danger.code in thread.dangers]


def numbers_of(thread: Thread) -> list[Number]:
    """Return whom to call, each number once."""
    found = {number.number: number for danger in dangers_of(thread) for number in danger.numbers}
    return list(found.values())


def etag_of(thread: Thread, *, is_available: bool, is_typing: bool, form: str) -> str:
    """Return what changes with any word of the answer: no line is read for it."""
    ticket = thread.ticket
    state = (ticket.reference, ticket.state) if ticket else ("", "")
    return checksum_of((thread.pk, _last_line(thread), *state, is_available, is_typing, form))


def checksum_of(values: object) -> str:
    """Return an ETag of plain values."""
    return f'"{hashlib.sha256(repr(values).encode()).hexdigest()[:32]}"'


def note_fetched(thread: Thread, rows: Sequence[Row]) -> None:
    """Remember how far a page of the person has read; written only when it moves."""
    last = rows[-1].id if rows else 0
    if last > thread.fetched_line:
        Thread.objects.filter(pk=thread.pk, fetched_line__lt=last).update(fetched_line=last)


def _last_line(thread: Thread) -> int:
    return getattr(thread, "last_line", None) or 0


def as_json(thread: Thread, rows: Sequence[Row], *, is_available: bool) -> dict[str, Any]:
    """Return what machines and the page's script read."""
    ticket = thread.ticket
    return {
        "reference": ticket.reference if ticket else None,
        "state": ticket.state if ticket else None,
        "available": is_available,
        "numbers": [{"number": each.number, "label": str(each.label)} for each in numbers_of(thread)],
        "messages": [
            {
                "id": row.id,
                "direction": row.direction,
                "text": row.text,
                "at": timezone.localtime(row.at).isoformat(),
                "client_id": row.client_id,
            }
            for row in rows
        ],
    }


def poll(thread: Thread, *, at: datetime) -> tuple[presence.Standing, bool]:
    """Return whether somebody is there, or when, and whether an agent types."""
    return presence.standing_of(thread.ticket, at=at), bool(live.typing_in([thread.pk], live.AGENT))
