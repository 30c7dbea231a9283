"""One person as an agent may know them, and their tickets within the scope (threats: A02, A03, A05)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise

from requests_app.access.scope import Scope
from requests_app.people.models import Person
from requests_app.tickets.models import State, Ticket
from requests_app.tickets.selectors import masking
from requests_app.tickets.selectors.thread_rows import agent_name

MAX_TICKETS = 100
COLUMNS = (
    "reference",
    "state",
    "is_sensitive",
    "maison_id",
    "shared_with",
    "due_at",
    "closed_at",
    "subject",
    "topic__label",
    "proposed_topic__label",
    "maison__label",
    "transfer_body",
    "assignee__given_name",
    "assignee__family_name",
    "assignee__username",
)


@dataclass(frozen=True, slots=True)
class TicketSummary:
    """One of their tickets; a sensitive one without its text."""

    reference: str
    words: str | Promise
    state: str
    place: str | Promise
    agent: str
    due_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class PersonTickets:
    """Their tickets within the scope, newest first; ``elsewhere`` counts plain ones outside it.

    ``can_change``: the agent handles at least one of them, so may correct how to reach the person.
    """

    lines: list[TicketSummary]
    elsewhere: int
    can_change: bool
    open_reference: str


def openable(scope: Scope) -> Q:
    """Match persons whose page opens: they have a readable ticket, or none and the agent sees everything."""
    tickets = Ticket.objects.filter(person=OuterRef("pk"))
    readable = Q(Exists(tickets.readable(scope)))
    return readable | ~Q(Exists(tickets)) if scope.listed_places.everywhere else readable


def openable_ids(scope: Scope, person_ids: Collection[int]) -> set[int]:
    """Return which of these persons have a page for this agent; one statement, none for an empty list."""
    if not person_ids:
        return set()
    return set(Person.objects.filter(openable(scope), pk__in=person_ids).values_list("pk", flat=True))


def read_person_tickets(person_id: int, *, scope: Scope) -> PersonTickets:
    """Read their tickets in two statements, however many; one when what is elsewhere is not shown."""
    tickets = Ticket.objects.filter(person=person_id)
    rows = list(tickets.within(scope).order_by("-received_at", "-pk").values(*COLUMNS)[:MAX_TICKETS])
    readable = [row for row in rows if scope.can_read(*_access_key(row))]
    going_on = (row["reference"] for row in readable if row["state"] != State.CLOSED)
    handled = (scope.can_handle(*_access_key(row)) for row in rows)
    return PersonTickets(
        lines=[_line(row) for row in rows],
        elsewhere=_elsewhere(person_id, scope),
        can_change=any(handled) or (not rows and scope.can_place),
        open_reference=next(going_on, ""),
    )


def _elsewhere(person_id: int, scope: Scope) -> int:
    """Count plain tickets elsewhere; counting sensitive ones would reveal them (threats: A02)."""
    if not scope.can_count_elsewhere or scope.listed_places.everywhere:
        return 0
    plain = Ticket.objects.filter(person=person_id, is_sensitive=False)
    return plain.exclude(maison__in=sorted(scope.listed_places.maisons)).count()


def _line(row: dict[str, Any]) -> TicketSummary:
    named = (row["assignee__given_name"], row["assignee__family_name"], row["assignee__username"])
    return TicketSummary(
        reference=row["reference"],
        words=masking.topic_words(
            row["topic__label"],
            row["proposed_topic__label"],
            row["subject"],
            is_sensitive=row["is_sensitive"],
        ),
        state=row["state"],
        place=row["maison__label"] or (masking.TO_PASS_ON if row["transfer_body"] else masking.NO_PLACE),
        agent=agent_name(*named),
        due_at=row["due_at"],
        closed_at=row["closed_at"],
    )


def _access_key(row: dict[str, Any]) -> tuple[Any, ...]:
    """Return what the policy needs to know of a ticket."""
    return row["maison_id"], row["is_sensitive"], row["shared_with"]
