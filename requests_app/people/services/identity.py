"""Who a person is, corrected by an agent."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from requests_app.lib.seen import sum_of
from requests_app.people.errors import ChangedMeanwhile
from requests_app.people.models import Person


@dataclass(frozen=True, slots=True)
class Identity:
    """Every part may be empty; a date says its year."""

    given_name: str = ""
    family_name: str = ""
    usage_name: str = ""
    birth_year: int | None = None
    birth_date: date | None = None


def seen_of(person: Person) -> str:
    """The sum that a page gives back (threats: W12)."""
    names = (person.given_name, person.family_name, person.usage_name)
    return sum_of(*names, person.birth_year, person.birth_date)


@transaction.atomic
def change_identity(*, person: Person, to: Identity, seen: str) -> None:
    """Replace what was known; refused when a colleague changed it meanwhile."""
    row = Person.objects.select_for_update().get(pk=person.pk)
    if seen_of(row) != seen or row.merged_into_id is not None:
        raise ChangedMeanwhile
    row.given_name, row.family_name, row.usage_name = to.given_name, to.family_name, to.usage_name
    row.birth_date = to.birth_date
    row.birth_year = to.birth_date.year if to.birth_date else to.birth_year
    row.save(update_fields=["given_name", "family_name", "usage_name", "birth_date", "birth_year"])
