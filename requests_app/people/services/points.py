"""What an agent changes in how to reach a person: add, correct, limit, remove a contact."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from requests_app.accounts.models import User
from requests_app.lib import phones
from requests_app.lib.checksum import checksum
from requests_app.lib.text import mail_address
from requests_app.people import departures
from requests_app.people.errors import (
    ChangedMeanwhile,
    KnownAlready,
    NotAnAddress,
    NotANumber,
    RefusedByPerson,
)
from requests_app.people.models import ContactPoint, Person, PersonChange
from requests_app.people.services.choices import remove_refused
from requests_app.people.services.contacts import DEFAULT_USES
from requests_app.people.services.tracing import note_change
from requests_app.people.stored_rows import rebuilt, row_of

Kind, Use = ContactPoint.Kind, ContactPoint.Use
Change = PersonChange.Kind


@dataclass(frozen=True, slots=True)
class Terms:
    """What an agent says of a contact; no use at all means that it may not be used."""

    uses: Sequence[str]
    is_verified: bool = False
    needs_check: bool = False
    is_shared: bool = False


def normal_value(kind: str, typed: str) -> str:
    """Normalise to E.164 or lower case; NotANumber or NotAnAddress when it is neither."""
    if kind == Kind.PHONE:
        if number := phones.e164(typed):
            return number
        raise NotANumber
    address = mail_address(typed)
    try:
        validate_email(address)
    except ValidationError as error:
        raise NotAnAddress from error
    return address


def etag_of_point(point: ContactPoint) -> str:
    """Return the hash that a page sends back, so that two agents do not overwrite each other (W12)."""
    return checksum(
        point.value, point.verified_at, point.needs_check, point.is_shared, sorted(point.usable_for)
    )


@transaction.atomic
def add_point(*, person: Person, kind: str, typed: str, by: User, at: datetime) -> ContactPoint:
    """Add a contact, not verified; what was refused there before stays refused."""
    value = normal_value(kind, typed)
    uses = remove_refused(kind, value, DEFAULT_USES)
    point, is_new = ContactPoint.objects.get_or_create(
        person=person, kind=kind, value=value, defaults={"usable_for": uses, "created_at": at}
    )
    if not is_new:
        raise KnownAlready
    note_change(person=person, kind=Change.POINT_ADDED, before={}, after=row_of(point), by=by, at=at)
    return point


@transaction.atomic
def change_point(*, point: ContactPoint, typed: str, terms: Terms, seen: str, by: User, at: datetime) -> None:
    """Correct a contact and its uses; another value must be verified anew.

    One left without use closes what was opened to it, like a removed one.
    """
    row = _lock(point, seen)
    before, value = row_of(row), normal_value(row.kind, typed)
    uses = list(terms.uses) or [Use.NOTHING]
    if set(uses) - set(remove_refused(row.kind, value, uses)):
        raise RefusedByPerson
    was_same = value == row.value
    row.value, row.usable_for = value, uses
    row.verified_at = ((row.verified_at if was_same else None) or at) if terms.is_verified else None
    row.needs_check, row.is_shared = terms.needs_check and not terms.is_verified, terms.is_shared
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise KnownAlready from error
    if (after := row_of(row)) != before:
        note_change(person=row.person, kind=Change.POINT_CHANGED, before=before, after=after, by=by, at=at)
    if not was_same or Use.NOTHING in set(uses) - set(before["usable_for"]):
        departures.contact_removed(row.person_id, before["value"], at)


@transaction.atomic
def remove_point(*, point: ContactPoint, seen: str, by: User, at: datetime) -> PersonChange:
    """Remove it: nothing is sent there any more; its « STOP » is stored, and so is the undo."""
    row = _lock(point, seen)
    before, person = row_of(row), row.person
    row.delete()
    departures.contact_removed(person.pk, before["value"], at)
    return note_change(person=person, kind=Change.POINT_REMOVED, before=before, after={}, by=by, at=at)


@transaction.atomic
def restore_point(*, change: PersonChange, person: Person, by: User, at: datetime) -> ContactPoint:
    """Restore a removed contact, less what was refused there since; KnownAlready when it exists again.

    ``person`` is the current owner of the record: the one it was removed from, or their survivor.
    """
    point = rebuilt(ContactPoint, {**change.before, "person_id": person.pk})
    point.usable_for = remove_refused(point.kind, point.value, point.usable_for)
    try:
        with transaction.atomic():
            point.save(force_insert=True)
    except IntegrityError as error:
        raise KnownAlready from error
    departures.contact_restored(person.pk, point.value, change.at)
    note_change(person=person, kind=Change.POINT_RESTORED, before={}, after=row_of(point), by=by, at=at)
    return point


def _lock(point: ContactPoint, seen: str) -> ContactPoint:
    row = ContactPoint.objects.select_for_update().filter(pk=point.pk).first()
    if row is None or etag_of_point(row) != seen:
        raise ChangedMeanwhile
    return row
