"""A person as plain data, for the commands that show them to other programs."""

from typing import Any

from requests_app.people.models import ContactPoint, Person

Kind = ContactPoint.Kind


def person_as_plain(person: Person | None) -> dict[str, Any] | None:
    """Return a person as product.md promises; None for nobody. Reads their contact points."""
    if person is None:
        return None
    points = sorted(person.contact_points.all(), key=lambda point: point.pk)
    return {
        "name": person.full_name,
        "given_name": person.given_name,
        "family_name": person.family_name,
        "phones": [point.value for point in points if point.kind == Kind.PHONE],
        "mails": [point.value for point in points if point.kind == Kind.EMAIL],
        "language": person.language or None,
    }
