"""What agents see of the chat: several conversations at once, whoever waits longest first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from django.db.models import Case, F, Max, Q, When
from django.db.models.functions import Coalesce

from channels_app.chat import live
from channels_app.chat.models import Line, Thread
from channels_app.chat.reading import Row, row_of
from requests_app.access.scope import Scope
from requests_app.lib.dangers import DANGERS, Danger
from requests_app.tickets.models import Ticket

SHOWN_FOR = timedelta(days=7)  # after its last line; the ticket stays in every other list
MAX_THREADS, MAX_LINES = 24, 60


@dataclass(frozen=True, slots=True)
class Conversation:
    """One column: ``waits_since`` is the first line that nobody has answered."""

    thread: Thread
    ticket: Ticket
    rows: Sequence[Row]
    waits_since: datetime | None
    is_typing: bool
    dangers: Sequence[Danger]

    @property
    def last(self) -> int:
        return self.rows[-1].id if self.rows else 0


def recent_threads(scope: Scope, *, at: datetime) -> list[int]:
    """Select the conversations under way whose words this agent may read, those that wait first."""
    mine = Thread.objects.filter(scope.readable_q("ticket__"), ticket__closed_at=None)
    of_week = mine.annotate(last_at=Max("lines__at")).filter(last_at__gt=at - SHOWN_FOR)
    answered = of_week.annotate(
        last_line=Max("lines__pk"),
        last_answer=Coalesce(Max("lines__pk", filter=Q(lines__outgoing__isnull=False)), 0),
    )
    waiting = answered.annotate(is_waiting=Case(When(last_line__gt=F("last_answer"), then=1), default=0))
    ordered = waiting.order_by("-is_waiting", "last_at", "pk")
    return list(ordered.values_list("pk", flat=True)[:MAX_THREADS])


def conversations_for(scope: Scope, *, at: datetime) -> list[Conversation]:
    """Read the columns of the page: three statements, however many there are."""
    ids = recent_threads(scope, at=at)
    joined = ("ticket__maison__commune", "ticket__assignee")
    rows, typing = _rows_by_thread(ids), set(live.typing_in(ids, live.PERSON))
    found = [
        Conversation(
            thread=thread,
            ticket=thread.ticket,
            rows=rows.get(thread.pk, []),
            waits_since=_find_wait(rows.get(thread.pk, [])),
            is_typing=thread.pk in typing,
            dangers=[danger for danger in DANGERS if danger.code in thread.dangers],
        )
        for thread in Thread.objects.filter(pk__in=ids).select_related(*joined)
        if thread.ticket
    ]
    return sorted(found, key=_place)


def _find_wait(rows: Sequence[Row]) -> datetime | None:
    """Return when the first line came that nobody has answered."""
    unanswered = list(takewhile(lambda row: row.is_mine, reversed(rows)))
    return unanswered[-1].at if unanswered else None


def _place(each: Conversation) -> tuple[bool, float]:
    """Put whoever waits first, the longest wait before; then the conversations answered last."""
    if each.waits_since:
        return False, each.waits_since.timestamp()
    return True, -each.rows[-1].at.timestamp() if each.rows else 0.0


def _rows_by_thread(ids: Collection[int]) -> dict[int, list[Row]]:
    lines = Line.objects.with_text().filter(thread__in=ids).order_by("-pk")[: MAX_LINES * MAX_THREADS]
    found: dict[int, list[Row]] = {}
    for line in reversed(lines):
        found.setdefault(line.thread_id, []).append(row_of(line))
    return {pk: rows[-MAX_LINES:] for pk, rows in found.items()}


def find_news(scope: Scope, *, after: int, at: datetime) -> tuple[list[int], list[Line]]:
    """Return the threads under way, and the lines after this one in any of them."""
    ids = recent_threads(scope, at=at)
    lines = (
        Line.objects.with_text().select_related("thread").filter(thread__in=ids, pk__gt=after).order_by("pk")
    )
    return ids, list(lines[:MAX_LINES])
