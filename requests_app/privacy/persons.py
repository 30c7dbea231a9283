"""Whose record ends with their last ticket: nobody else needs it."""

from collections.abc import Collection, Iterable

from requests_app.people.models import ContactPoint, Person
from requests_app.tickets.models import Participant, Ticket


def persons_who_end(tickets: Iterable[Ticket]) -> set[int]:
    """Return the persons of these tickets, with merged records, who have no other ticket."""
    ids = [ticket.pk for ticket in tickets]
    named = Participant.objects.filter(ticket__in=ids, person__isnull=False)
    asked = {ticket.person_id for ticket in tickets if ticket.person_id}
    asked |= set(named.values_list("person", flat=True))
    return {pk for person in asked for pk in _ending(merged_records(person), ids)}


def lock_persons(person_ids: Collection[int]) -> None:
    """Lock these records and their contacts: a concurrent insert waits, then finds them gone.

    Otherwise a ticket that comes at this instant would keep its text and lose its person.
    """
    persons = Person.objects.filter(pk__in=person_ids).order_by("pk")
    list(persons.select_for_update(of=("self",)).values_list("pk"))
    points = ContactPoint.objects.filter(person__in=person_ids).order_by("pk")
    list(points.select_for_update(of=("self",)).values_list("pk"))


def merged_records(person_id: int) -> set[int]:
    """Return a record, the one it leads to, and all that lead there."""
    top, seen = person_id, {person_id}
    while (above := Person.objects.filter(pk=top).values_list("merged_into", flat=True).first()) and (
        above not in seen
    ):
        top = above
        seen.add(top)
    family, fresh = seen, {top}
    while fresh:
        found = Person.objects.filter(merged_into__in=fresh).values_list("pk", flat=True)
        fresh = set(found) - family
        family = family | fresh
    return family


def _ending(family: set[int], ticket_ids: list[int]) -> set[int]:
    others = Ticket.objects.filter(person__in=family).exclude(pk__in=ticket_ids)
    beside = Participant.objects.filter(person__in=family).exclude(ticket__in=ticket_ids)
    return set() if others.exists() or beside.exists() else family
