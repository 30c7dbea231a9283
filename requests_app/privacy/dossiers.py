"""Tickets that end together: one merged into another, one split from a message of another."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Q

from requests_app.tickets.models import Ticket


def dossiers_of(ticket_ids: Collection[int]) -> list[list[int]]:
    """Group these tickets with all those they depend on, each group by id."""
    known, pairs = set(ticket_ids), set[tuple[int, int]]()
    fresh = known
    while fresh:
        found = _pairs_around(fresh)
        pairs |= found
        fresh = {pk for pair in found for pk in pair} - known
        known = known | fresh
    return _groups(known, pairs)


def _pairs_around(ids: Collection[int]) -> set[tuple[int, int]]:
    merged = Ticket.objects.filter(Q(pk__in=ids) | Q(merged_into__in=ids))
    made = Ticket.objects.filter(Q(pk__in=ids) | Q(split_from__ticket__in=ids))
    rows = [*merged.values_list("pk", "merged_into"), *made.values_list("pk", "split_from__ticket")]
    return {(pk, other) for pk, other in rows if other is not None}


def _groups(ids: Collection[int], pairs: Collection[tuple[int, int]]) -> list[list[int]]:
    beside = defaultdict[int, set[int]](set)
    for first, second in pairs:
        beside[first].add(second)
        beside[second].add(first)
    groups, seen = [], set[int]()
    for start in sorted(ids):
        if start in seen:
            continue
        group, todo = {start}, [start]
        while todo:
            fresh = beside[todo.pop()] - group
            group |= fresh
            todo += fresh
        seen |= group
        groups.append(sorted(group))
    return groups
