"""Who acts for a person: noted by an agent, ended on a day, removed when it was a mistake."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.lib import phones
from requests_app.lib.text import mail_address
from requests_app.people.errors import Refused
from requests_app.people.models import Mandate, Person, PersonChange
from requests_app.people.services.tracing import note_change
from requests_app.people.stored_rows import Values, plain

FIELDS = ("kind", "holder", "address", "receives", "starts_on", "ends_on")
MAX_STANDING = 10


@dataclass(frozen=True, slots=True)
class NewMandate:
    """What an agent says; ``address`` as typed."""

    kind: str
    holder: str
    address: str
    receives: str
    starts_on: date
    ends_on: date | None = None


@transaction.atomic
def note_mandate(*, person: Person, new: NewMandate, by: User, at: datetime) -> Mandate:
    """Note who acts for a person; nobody receives answers in their place without an address."""
    Person.objects.select_for_update().get(pk=person.pk)
    if person.mandates.standing().count() >= MAX_STANDING:
        raise Refused(_("Dix au plus : retirez ceux qui ne servent plus."))
    _require_true(new)
    row = Mandate.objects.create(
        person=person,
        kind=new.kind,
        holder=new.holder.strip()[:120],
        address=_normal(new.address),
        receives=new.receives,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        noted_at=at,
        noted_by=by,
    )
    _trace(row, {}, _values(row), by, at)
    return row


@transaction.atomic
def end_mandate(*, mandate: Mandate, on: date, by: User, at: datetime) -> None:
    """End it: it holds until that day, and no longer."""
    row = _standing(mandate)
    if on < row.starts_on:
        raise Refused(_("La fin vient après le début."))
    before = _values(row)
    row.ends_on = on
    row.save(update_fields=["ends_on"])
    _trace(row, before, _values(row), by, at)


@transaction.atomic
def remove_mandate(*, mandate: Mandate, by: User, at: datetime) -> None:
    """Remove a mandate noted by mistake."""
    row = _standing(mandate)
    row.removed_at = at
    row.save(update_fields=["removed_at"])
    _trace(row, _values(row), {}, by, at)


@transaction.atomic
def restore_mandate(*, mandate: Mandate, by: User, at: datetime) -> None:
    """Restore a mandate removed by mistake."""
    row = Mandate.objects.select_for_update().select_related("person").get(pk=mandate.pk)
    if row.removed_at is None:
        raise Refused(_("C’est déjà noté."))
    row.removed_at = None
    row.save(update_fields=["removed_at"])
    _trace(row, {}, _values(row), by, at)


def _require_true(new: NewMandate) -> None:
    if new.ends_on and new.ends_on < new.starts_on:
        raise Refused(_("La fin vient après le début."))
    if new.receives == Mandate.Receives.HOLDER and not new.address.strip():
        raise Refused(_("Écrivez où joindre qui reçoit nos réponses."))


def _normal(address: str) -> str:
    """Normalise an e-mail to lower case or a number to E.164; "" when nobody said."""
    typed = mail_address(address)
    if not typed:
        return ""
    if number := "" if "@" in typed else phones.e164(typed):
        return number
    try:
        validate_email(typed)
    except ValidationError as error:
        words = _("Écrivez une adresse e-mail ou un numéro, par exemple nom@exemple.fr.")
        raise Refused(words) from error
    return typed


def _standing(mandate: Mandate) -> Mandate:
    rows = Mandate.objects.standing().select_for_update().filter(pk=mandate.pk)
    row = rows.select_related("person").first()
    if row is None:
        raise Refused(_("Un collègue l’a déjà retiré."))
    return row


def _values(row: Mandate) -> Values:
    return {name: plain(getattr(row, name)) for name in FIELDS}


def _trace(row: Mandate, before: Values, after: Values, by: User, at: datetime) -> None:
    note_change(person=row.person, kind=PersonChange.Kind.MANDATE, before=before, after=after, by=by, at=at)
