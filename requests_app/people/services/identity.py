"""Who a person is, corrected by an agent."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from requests_app.accounts.models import User
from requests_app.lib.checksum import checksum
from requests_app.people.errors import ChangedMeanwhile
from requests_app.people.models import Person, PersonChange
from requests_app.people.services.tracing import note_change
from requests_app.people.stored_rows import Values, plain

FIELDS = ("given_name", "family_name", "usage_name", "birth_year", "birth_date")


@dataclass(frozen=True, slots=True)
class Identity:
    """Every part may be empty; a date implies its year."""

    given_name: str = ""
    family_name: str = ""
    usage_name: str = ""
    birth_year: int | None = None
    birth_date: date | None = None


def etag_of_identity(person: Person) -> str:
    """Return the hash that a page sends back (threats: W12)."""
    return checksum(*(getattr(person, field) for field in FIELDS))


@transaction.atomic
def change_identity(*, person: Person, to: Identity, seen: str, by: User, at: datetime) -> None:
    """Replace the identity, and store the former one; refused when a colleague changed it meanwhile."""
    row = Person.objects.select_for_update().get(pk=person.pk)
    if etag_of_identity(row) != seen or row.merged_into_id is not None:
        raise ChangedMeanwhile
    before = _values(row)
    row.given_name, row.family_name, row.usage_name = to.given_name, to.family_name, to.usage_name
    row.birth_date = to.birth_date
    row.birth_year = to.birth_date.year if to.birth_date else to.birth_year
    row.save(update_fields=FIELDS)
    if (after := _values(row)) != before:
        note_change(person=row, kind=PersonChange.Kind.IDENTITY, before=before, after=after, by=by, at=at)


def _values(person: Person) -> Values:
    return {field: plain(getattr(person, field)) for field in FIELDS}
