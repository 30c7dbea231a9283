"""Tickets as programs read them: a page of a hundred costs the statements of one."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC
from typing import Any

from django.db.models import Case, F, Max, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Greatest

from requests_app.access.scope import Scope
from requests_app.answers.plain import ANSWERED
from requests_app.people.plain import persons_as_plain
from requests_app.routing.territory import Territory, current
from requests_app.tickets.models import Event, Note, Participant, Ticket, TicketLink, Touchpoint

BESIDE = frozenset({"participants", "links", "person"})  # members that cost statements of their own
SHOWN_TO_ALL = ("reference", "state", "maison", "shared_with", "created_at", "updated_at")  # row A03


def _newest(rows: "QuerySet[Any]", instant: str) -> Subquery:
    of_ticket = rows.filter(ticket=OuterRef("pk")).order_by().values("ticket")
    return Subquery(of_ticket.annotate(newest=Max(instant)).values("newest"))


def join_columns(tickets: "QuerySet[Ticket]", scope: Scope) -> "QuerySet[Ticket]":
    """Join what a row shows; ``updated_at`` is when something was last said or done.

    The ticket that it was merged into is told within the scope alone (threats: A01).
    """
    merged = When(scope.as_q("merged_into__"), then=F("merged_into__reference"))
    return tickets.annotate(
        maison_code=F("maison__code"),
        topic_code=F("topic__code"),
        proposed_code=F("proposed_topic__code"),
        merged_reference=Case(merged),
        updated_at=Greatest(
            "received_at",
            "answered_at",
            "closed_at",
            _newest(Event.objects.all(), "at"),
            _newest(Touchpoint.objects.all(), "recorded_at"),
            _newest(Note.objects.all(), "created_at"),
        ),
    )


def show_tickets(
    tickets: Sequence[Any], scope: Scope, *, members: Collection[str] = BESIDE
) -> list[dict[str, Any]]:
    """Return tickets read by ``join_columns`` as plain objects; what the key may not read is null.

    What hangs on them is read for the ``members`` that will be shown.
    """
    readable = [ticket for ticket in tickets if can_read(ticket, scope)]
    beside, land = _Beside(readable, scope, members), current()
    shown = {ticket.pk: _row(ticket, beside, land) for ticket in readable}
    return [shown.get(ticket.pk) or mask_row(_row(ticket, beside, land)) for ticket in tickets]


def can_read(ticket: Ticket, scope: Scope) -> bool:
    return scope.can_read(ticket.maison_id, ticket.is_sensitive, ticket.shared_with)


def mask_row(row: dict[str, Any]) -> dict[str, Any]:
    """Hide what row A03 hides."""
    return {name: value if name in SHOWN_TO_ALL else None for name, value in row.items()}


class _Beside:
    """What hangs on a page of tickets: five statements at most, whatever their number."""

    def __init__(self, tickets: Sequence[Ticket], scope: Scope, members: Collection[str]) -> None:
        ids = [ticket.pk for ticket in tickets]
        self.participants = _participants(_families(tickets)) if "participants" in members else {}
        self.links = _links(ids, scope) if "links" in members else {}
        self.persons = _persons(tickets) if "person" in members else {}


def _families(tickets: Sequence[Ticket]) -> dict[int, int]:
    """Map each ticket, and those merged into one, to the ticket they are read in (threats: A03)."""
    found = {ticket.pk: ticket for ticket in tickets}
    merged = Ticket.objects.filter(merged_into__in=list(found)).values_list(
        "pk", "merged_into_id", "is_sensitive"
    )
    read = {pk: into for pk, into, is_sensitive in merged if found[into].is_sensitive or not is_sensitive}
    return {pk: pk for pk in found} | read


def _participants(families: dict[int, int]) -> dict[int, list[dict[str, str]]]:
    found = defaultdict[int, list[dict[str, str]]](list)
    for each in Participant.objects.present().filter(ticket__in=list(families)).order_by("pk"):
        told = {"name": each.name, "role": each.role, "address": each.address}
        found[families[each.ticket_id]].append(told)
    return found


def _links(ids: list[int], scope: Scope) -> dict[int, set[str]]:
    """Map tickets to those linked to them that the scope lists; proposed links too, refused ones never."""
    found = defaultdict[int, set[str]](set)
    links = TicketLink.objects.exclude(is_accepted=False).filter(
        Q(from_ticket__in=ids) & scope.as_q("to_ticket__")
        | Q(to_ticket__in=ids) & scope.as_q("from_ticket__")
    )
    columns = ("from_ticket_id", "from_ticket__reference", "to_ticket_id", "to_ticket__reference")
    for from_id, from_reference, to_id, to_reference in links.values_list(*columns):
        found[from_id].add(to_reference)
        found[to_id].add(from_reference)
    return found


def _persons(tickets: Iterable[Ticket]) -> dict[int, dict[str, Any]]:
    ids = {ticket.person_id for ticket in tickets if ticket.person_id}
    return {pk: {"id": pk, **plain} for pk, plain in persons_as_plain(ids).items()}


def _row(ticket: Any, beside: _Beside, land: Territory) -> dict[str, Any]:
    return {
        "reference": ticket.reference,
        "channel": ticket.channel,
        "state": ticket.state,
        "outcome": ticket.outcome or None,
        "priority": ticket.priority,
        "marks": [*ticket.marks, *([ANSWERED] if ticket.has_new_words else [])],
        "maison": ticket.maison_code,
        "shared_with": sorted(land.code_of[pk] for pk in ticket.shared_with if pk in land.code_of),
        "topic": ticket.topic_code,
        "proposed_topic": ticket.proposed_code,
        "proposed_transfer": ticket.transfer_body or None,
        "language": ticket.language or None,
        "subject": ticket.subject or None,
        "external_id": ticket.external_id or None,
        "created_at": instant(ticket.received_at),
        "updated_at": instant(ticket.updated_at),
        "person": beside.persons.get(ticket.person_id),
        "participants": beside.participants.get(ticket.pk, []),
        "merged_into": ticket.merged_reference,
        "links": sorted(beside.links.get(ticket.pk, ())),
    }


def instant(at: Any) -> str | None:
    """Write an instant in UTC (RFC 3339)."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else None
