"""A person opened by a program: within what its key may know, and never without a trace (A05, I7)."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import Http404

from requests_app.access.audit_log import Kind, log_access
from requests_app.api.persons.shapes import PersonDetails
from requests_app.api.problems import Problem
from requests_app.api.tickets.rows import instant
from requests_app.api.views import ApiView
from requests_app.casefile.profile import openable, read_person_tickets
from requests_app.people.models import Person
from requests_app.people.plain import person_as_plain
from requests_app.people.selectors import points_of, survivor_of
from requests_app.tickets.models import Ticket


class PersonView(ApiView):
    """An address under one person."""

    resource, Out = "persons", PersonDetails

    def open_person(self, pk: int) -> Person:
        """Return a person the key may know; any other does not exist, and the try is logged.

        The number of a merged record opens the survivor.
        """
        person = self._find(pk)
        if person.merged_into_id is not None:
            person = self._find(survivor_of(person).pk)
        log_access(
            user=self.agent,
            kind=Kind.PERSON,
            subject_id=person.pk,
            at=self.now,
            was_refused=not person.is_openable,
        )
        if not person.is_openable:
            raise Http404
        return person

    def open_handled(self, pk: int) -> Person:
        """Return one of whom the key handles a ticket; raises the 403 of one that only reads."""
        person = self.open_person(pk)
        if not read_person_tickets(person.pk, scope=self.scope).can_change:
            raise Problem("not-allowed")
        return person

    def _find(self, pk: int) -> Any:
        person = Person.objects.filter(pk=pk).annotate(is_openable=self._openable()).first()
        if person is None:
            raise Http404
        return person

    def _openable(self) -> Any:
        """Match whom the key may read; one of some topics reads nobody but by a ticket of them."""
        if self.scope.topics is None:
            return openable(self.scope)
        return Exists(Ticket.objects.filter(person=OuterRef("pk")).readable(self.scope))


def show_person(person: Person) -> dict[str, Any]:
    """Return a person as a program reads them."""
    return {
        "id": person.pk,
        **(person_as_plain(person) or {}),
        "usage_name": person.usage_name,
        "birth_year": person.birth_year,
        "birth_date": person.birth_date.isoformat() if person.birth_date else None,
        "contacts": [_contact(point) for point in points_of(person.pk)],
    }


def _contact(point: Any) -> dict[str, Any]:
    names = ("id", "kind", "value", "needs_check", "is_shared")
    shown = {name: getattr(point, name) for name in names}
    return {**shown, "verified_at": instant(point.verified_at), "usable_for": list(point.usable_for)}
