"""A page of a list: 25 rows as plain values, one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise

from requests_app.access.scope import Scope
from requests_app.lib import french, phones
from requests_app.tickets.models import Mark as TicketMark
from requests_app.tickets.models.tickets import LATE_AFTER, Priority, State, TicketQuerySet
from requests_app.tickets.selectors import masking
from requests_app.tickets.selectors.ordering import Mark, Sort, beyond, sort_tickets

PAGE = 25
SOON = timedelta(days=2)
COLUMNS = (
    "id",
    "reference",
    "channel",
    "state",
    "priority",
    "is_sensitive",
    "maison_id",
    "maison__label",
    "topic__label",
    "proposed_topic__label",
    "sender",
    "subject",
    "excerpt",
    "files_count",
    "waiting_since",
    "due_at",
    "version",
    "transfer_body",
    "tasks_count",
    "marks",
    "excerpt_channel",
    "person_wrote_at",
    "received_at",  # what a list may be sorted by
    "shared_with",
)


@dataclass(frozen=True, slots=True)
class TicketRow:
    """One row of a list, already masked; ``level`` is « late », « soon » or nothing.

    ``is_in_danger`` and ``has_new_words`` are shown only to those who may read the ticket. ``door`` is
    that of the text shown, ``channel`` the one that opened the ticket.
    """

    id: int
    reference: str
    channel: str
    state: str
    name: str | Promise
    topic: str | Promise
    text: str | Promise
    place: str | Promise
    waits: str
    level: str
    version: int
    door: str
    has_new_words: bool
    is_urgent: bool
    is_by_machine: bool
    is_in_danger: bool
    is_sensitive: bool
    has_files: bool
    has_tasks: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list, with the places where the previous and next ones begin."""

    rows: list[TicketRow]
    previous: Mark | None
    next: Mark | None


def page_of(
    tickets: TicketQuerySet,
    sort: Sort,
    *,
    scope: Scope,
    now: datetime,
    after: Mark | None = None,
    before: Mark | None = None,
) -> Page:
    """Read one page, after a place, before a place, or the first."""
    mark, is_backward = (before, True) if before else (after, False)
    if mark:
        tickets = tickets.filter(beyond(sort, mark, is_backward=is_backward))
    columns = COLUMNS if sort.column in COLUMNS else (*COLUMNS, sort.column)
    found = list(sort_tickets(tickets, sort, is_backward=is_backward).values_list(*columns)[: PAGE + 1])
    has_more = len(found) > PAGE
    found = found[:PAGE]
    if is_backward:
        found.reverse()
    has_previous = has_more if is_backward else mark is not None
    has_next = True if is_backward else has_more
    return Page(
        rows=[_row(values, scope, now) for values in found],
        previous=_mark(found[0], sort) if found and has_previous else None,
        next=_mark(found[-1], sort) if found and has_next else None,
    )


def rows_of(tickets: TicketQuerySet, *, scope: Scope, now: datetime, limit: int) -> list[TicketRow]:
    """Read rows of tickets in the order given, for short lists."""
    return [_row(values, scope, now) for values in tickets.values_list(*COLUMNS)[:limit]]


def _mark(values: Sequence[Any], sort: Sort) -> Mark:
    place = COLUMNS.index(sort.column) if sort.column in COLUMNS else -1
    return Mark(values[place], values[0])


def _row(values: Sequence[Any], scope: Scope, now: datetime) -> TicketRow:
    (pk, reference, channel, state, priority, sensitive, maison_id, maison, topic, proposed) = values[:10]
    (sender, subject, excerpt, files, waiting_since, due_at, version, transfer, tasks, marks) = values[10:20]
    door, wrote_at, _received_at, shared_with = values[20:24]
    name, text = name_sender(sender), f"« {excerpt} »" if excerpt else subject
    if sensitive:
        is_reader = scope.can_read(maison_id, True, shared_with)
        name, files, marks = masking.PROTECTED, 0, marks if is_reader else []
        door, wrote_at = "", wrote_at if is_reader else None
        text = masking.OPEN_TO_READ if is_reader else masking.FOR_HANDLERS
    return TicketRow(
        id=pk,
        reference=reference,
        channel=channel,
        state=state,
        name=name,
        topic=masking.topic_words(topic, proposed, subject, is_sensitive=sensitive),
        text=text,
        place=maison or (masking.TO_PASS_ON if transfer else masking.NO_PLACE),
        waits=french.delay(now - waiting_since),
        version=version,
        level=level(state, waiting_since, due_at, now),
        door=door or channel,
        has_new_words=wrote_at is not None,
        is_urgent=priority == Priority.URGENT,
        is_by_machine=TicketMark.MACHINE in marks and not sensitive,
        is_in_danger=TicketMark.DANGER in marks,
        is_sensitive=sensitive,
        has_files=bool(files),
        has_tasks=bool(tasks) and not sensitive,
    )


@lru_cache(maxsize=512)
def _format_number(number: str) -> str:
    return phones.format_national(number)


def name_sender(sender: str) -> str | Promise:
    """Return the sender as shown: a name, an address, a number in its usual form."""
    if sender.startswith("+"):
        return _format_number(sender)
    return sender or masking.NOBODY_NAMED


def level(state: str, waiting_since: datetime, due_at: datetime | None, now: datetime) -> str:
    """Return how late we are: waiting makes late only what waits for us."""
    if state == State.CLOSED:
        return ""
    is_ours = state in {State.TO_SORT, State.OPEN}
    if (due_at and due_at < now) or (is_ours and now - waiting_since > LATE_AFTER):
        return "late"
    if (due_at and due_at - now < SOON) or (is_ours and now - waiting_since > LATE_AFTER - SOON):
        return "soon"
    return ""
