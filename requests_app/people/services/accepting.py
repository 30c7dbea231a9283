"""What was only said of a person enters their record once an agent accepts it; it can be undone."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.people.errors import Refused
from requests_app.people.models import AccessNeed, ContactPoint, Person, PersonChange
from requests_app.people.services.choices import remove_refused, remove_uses
from requests_app.people.services.contacts import DEFAULT_USES
from requests_app.people.services.needs import REVIEWED_AFTER, Need
from requests_app.people.services.tracing import note_change
from requests_app.people.stored_rows import Values, rebuilt, row_of

Use, Change = ContactPoint.Use, PersonChange.Kind
NEED, POINT = "need", "point"
MAX_DETAIL = 200


@transaction.atomic
def accept_need(*, person: Person, need: Need, by: User, at: datetime) -> Values:
    """Add a need, as told to an agent; return the values before and after, for ``undo_accept``."""
    before = _needs(person)
    row = AccessNeed.objects.select_for_update().filter(person=person, kind=need.kind).first()
    was = row_of(row) if row else None
    row = row or AccessNeed(person=person, kind=need.kind)
    row.detail = _join_details(row.detail, need)
    row.is_confirmed, row.said_at = True, at
    row.review_on = timezone.localdate(at) + REVIEWED_AFTER
    row.save()
    _trace_needs(person, before, by, at)
    return {NEED: {"before": was, "after": row_of(row)}}


@transaction.atomic
def accept_terms(
    *,
    person: Person,
    kind: str,
    value: str,
    is_shared: bool = False,
    may_leave_message: bool | None = None,
    by: User,
    at: datetime,
) -> Values:
    """Record of a contact that others read it, or whether a voice message may be left there."""
    point = ContactPoint.objects.select_for_update().filter(person=person, kind=kind, value=value).first()
    if point is None:
        raise Refused(_("Cette personne n’a plus ce contact."))
    before = row_of(point)
    point.is_shared = point.is_shared or is_shared
    if may_leave_message is not None:
        point.usable_for = _set_voice(point, may_leave_message)
    return {POINT: _save(point, before, by, at)}


@transaction.atomic
def undo_accept(*, person: Person, applied: Mapping[str, Any], by: User, at: datetime) -> None:
    """Undo an acceptance: what was changed since stays as it is."""
    if POINT in applied:
        _point_back(applied[POINT], by, at)
    if NEED in applied:
        before = _needs(person)
        _need_back(applied[NEED])
        _trace_needs(person, before, by, at)


def _join_details(known: str, need: Need) -> str:
    """Join two things to avoid, since both hold; another language replaces the first one."""
    said = need.detail.strip()
    if not said or said in known:
        return known
    both = f"{known} ; {said}" if known and need.kind == AccessNeed.Kind.AVOID else said
    return both[:MAX_DETAIL]


def _set_voice(point: ContactPoint, may_leave_message: bool) -> list[str]:
    """Return the uses with voice added or removed; an empty list says nothing, so they must be named."""
    if not may_leave_message:
        return remove_uses(point.usable_for, [Use.VOICE_MESSAGE])
    others = [use for use in point.usable_for or DEFAULT_USES if use not in {Use.NOTHING, Use.VOICE_MESSAGE}]
    return remove_refused(point.kind, point.value, [*others, Use.VOICE_MESSAGE])


def _save(point: ContactPoint, before: Values, by: User, at: datetime) -> Values:
    point.save(update_fields=["is_shared", "usable_for"])
    after = row_of(point)
    if after != before:
        kind = Change.POINT_CHANGED
        note_change(person=point.person, kind=kind, before=before, after=after, by=by, at=at)
    return {"before": before, "after": after}


def _point_back(change: Values, by: User, at: datetime) -> None:
    now = ContactPoint.objects.select_for_update().filter(pk=change["after"]["id"]).first()
    if now is None or row_of(now) != change["after"]:
        return
    was = rebuilt(ContactPoint, change["before"])
    now.is_shared, now.usable_for = was.is_shared, was.usable_for
    _save(now, change["after"], by, at)


def _need_back(change: Values) -> None:
    now = AccessNeed.objects.select_for_update().filter(pk=change["after"]["id"]).first()
    if now is None or row_of(now) != change["after"]:
        return
    if change["before"] is None:
        now.delete()
    else:
        rebuilt(AccessNeed, change["before"]).save()


def _needs(person: Person) -> dict[str, str]:
    return dict(AccessNeed.objects.filter(person=person).values_list("kind", "detail"))


def _trace_needs(person: Person, before: dict[str, str], by: User, at: datetime) -> None:
    if (after := _needs(person)) != before:
        note_change(person=person, kind=Change.NEEDS, before=before, after=after, by=by, at=at)
