"""A person as plain data, for the commands that show them to other programs."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from requests_app.people.models import ContactPoint, Person

Kind = ContactPoint.Kind
Contact = tuple[str, str]  # its kind and its value
NAMES = ("given_name", "family_name", "usage_name", "language")


def person_as_plain(person: Person | None) -> dict[str, Any] | None:
    """Return a person as product.md promises; None for nobody. Reads their contact points."""
    if person is None:
        return None
    points = sorted(person.contact_points.all(), key=lambda point: point.pk)
    return _as_plain(person, [(point.kind, point.value) for point in points])


def persons_as_plain(ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """Return the same for each of them, in two statements."""
    if not ids:
        return {}
    contacts = defaultdict[int, list[Contact]](list)
    points = ContactPoint.objects.filter(person__in=ids).order_by("pk")
    for person_id, kind, value in points.values_list("person_id", "kind", "value"):
        contacts[person_id].append((kind, value))
    persons = Person.objects.filter(pk__in=ids).only(*NAMES)
    return {person.pk: _as_plain(person, contacts[person.pk]) for person in persons}


def _as_plain(person: Person, contacts: Iterable[Contact]) -> dict[str, Any]:
    return {
        "name": person.full_name,
        "given_name": person.given_name,
        "family_name": person.family_name,
        "phones": [value for kind, value in contacts if kind == Kind.PHONE],
        "mails": [value for kind, value in contacts if kind == Kind.EMAIL],
        "language": person.language or None,
    }
