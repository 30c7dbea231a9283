"""Tickets elsewhere, for an agent who searched by what only the person gives: full contact or birth (A04)."""

from collections.abc import Collection
from datetime import datetime

from requests_app.access.glass import BreakGlassTarget
from requests_app.access.scope import Scope
from requests_app.people.models import Person
from requests_app.tickets.deadlines import PARIS
from requests_app.tickets.models import Ticket
from requests_app.tickets.who import understand_query

MAX_ROWS = 6


def found_exactly(scope: Scope, query: str, person_ids: Collection[int], *, at: datetime) -> set[int]:
    """Return those found by a full number, address or birth date; one statement for a birth, none otherwise.

    Empty for agents who see the whole territory: nothing is elsewhere for them.
    """
    asked = understand_query(query, today=at.astimezone(PARIS).date())
    if scope.listed_places.everywhere or not person_ids:
        return set()
    if asked.phone or asked.email:
        return set(person_ids)
    if asked.birth_date is None:
        return set()
    born = Person.objects.filter(pk__in=person_ids, birth_date=asked.birth_date)
    return set(born.values_list("pk", flat=True))


def tickets_behind_glass(person_id: int, *, scope: Scope) -> list[BreakGlassTarget]:
    """List those that break-glass access would open, open ones first; reserved ones are left out (A03)."""
    if scope.listed_places.everywhere:
        return []
    tickets = Ticket.objects.filter(person=person_id).exclude(scope.as_q())
    if not scope.can_read_by_glass(is_sensitive=True):
        tickets = tickets.filter(is_sensitive=False)
    rows = tickets.order_by("-closed_at", "-received_at", "-pk")  # PostgreSQL sorts nulls first
    return [BreakGlassTarget(*row) for row in rows.values_list("pk", "reference", "maison_id")[:MAX_ROWS]]
