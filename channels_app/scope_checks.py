"""Whose record an agent may complete from a logged contact (threats: A05, N04)."""

from channels_app.noting import ContactSheet
from requests_app.access.scope import scope_of
from requests_app.accounts.models import User
from requests_app.appointments.selectors import persons_expected
from requests_app.outbox import windows
from requests_app.people.models import ContactPoint, Person
from requests_app.tickets.models import Ticket
from requests_app.tickets.services import Received
from requests_app.visits.selectors import expected_persons


def may_write(
    noted: ContactSheet, received: Received, *, kind: str, value: str, was_typed: bool, agent: User
) -> bool:
    """Return whether the contact point is that of the ticket's person alone, and they are in scope.

    In scope: created by this contact, found by the whole number or address (``was_typed``), known to the
    agent's Maisons by another ticket that the agent may read, or expected there today.
    """
    person, holders = received.ticket.person, _holders(kind, value)
    if person is None or holders - {person.pk}:
        return not holders
    is_born = person.created_at == received.touchpoint.recorded_at
    if is_born or (was_typed and holders):
        return True
    return _is_known(person, received, agent) or _is_expected(person, received, noted)


def _holders(kind: str, value: str) -> set[int]:
    return set(ContactPoint.objects.at(kind, value).values_list("person_id", flat=True))


def _is_known(person: Person, received: Received, agent: User) -> bool:
    """Return whether the person is known by another ticket than the one that this contact opened."""
    readable = Ticket.objects.readable(scope_of(agent)).filter(person=person)
    others = readable.exclude(pk=received.ticket.pk) if received.is_new else readable
    return others.exists()


def _is_expected(person: Person, received: Received, noted: ContactSheet) -> bool:
    """Return whether the person was expected, apart from the visit just logged."""
    places, (start, end) = [noted.maison_id], windows.day_of(noted.at)
    coming = persons_expected(maison_ids=places, start=start, end=end).filter(ticket__person=person)
    here = expected_persons(maison_ids=places, at=noted.at).filter(touchpoint__ticket__person=person)
    return coming.exists() or here.exclude(touchpoint=received.touchpoint).exists()
