"""The history of a person's record: who changed what, and when."""

from datetime import datetime

from requests_app.accounts.models import User
from requests_app.people.models import Person, PersonChange
from requests_app.people.stored_rows import Values


def note_change(
    *, person: Person, kind: str, before: Values, after: Values, by: User, at: datetime
) -> PersonChange:
    """Add a row to the person's history; called in the transaction of the change."""
    return PersonChange.objects.create(person=person, kind=kind, before=before, after=after, by=by, at=at)
