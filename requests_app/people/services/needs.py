"""What a person says of how to receive and reach them, stored as things to do."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.lib.checksum import checksum
from requests_app.people.errors import ChangedMeanwhile, Refused
from requests_app.people.models import AccessNeed, ContactPoint, Person, PersonChange
from requests_app.people.models.access_needs import contrary_in
from requests_app.people.services.tracing import note_change

Use = ContactPoint.Use
REVIEWED_AFTER = timedelta(days=182)


@dataclass(frozen=True, slots=True)
class Need:
    kind: str
    detail: str = ""


def note_needs(*, person: Person, needs: Iterable[Need], at: datetime) -> None:
    """Add needs not known yet; known ones stay as an agent may have corrected them."""
    rows = [AccessNeed(person=person, kind=need.kind, detail=need.detail[:200], said_at=at) for need in needs]
    AccessNeed.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def replace_unconfirmed(
    *, person: Person, among: Collection[str], needs: Sequence[Need], at: datetime
) -> None:
    """Replace what the person said themselves of some kinds; what an agent confirmed stays."""
    said = {need.kind: need.detail for need in needs}
    theirs = AccessNeed.objects.filter(person=person, kind__in=among, is_confirmed=False)
    theirs.exclude(kind__in=said).delete()
    for kind, detail in said.items():
        theirs.filter(kind=kind).exclude(detail=detail[:200]).update(detail=detail[:200], said_at=at)
    note_needs(person=person, needs=needs, at=at)


@transaction.atomic(savepoint=False)
def note_reach(
    *, person: Person, kind: str, value: str, may_leave_message: bool, is_shared: bool, at: datetime
) -> None:
    """Store how a contact point may be used.

    A form removes permissions, and gives one only to a contact created with it: somebody else may have
    filled it in (threats: M09).
    """
    point = ContactPoint.objects.select_for_update().filter(person=person, kind=kind, value=value).first()
    if point is None:
        return
    before = list(point.usable_for), point.is_shared
    others = [use for use in point.usable_for if use != Use.VOICE_MESSAGE]
    if not may_leave_message:
        point.usable_for = others or ([Use.ANSWER] if not point.usable_for else [Use.NOTHING])
    elif point.created_at == at and Use.NOTHING not in others:
        point.usable_for = [*others, Use.VOICE_MESSAGE]
    point.is_shared = point.is_shared or is_shared
    if (point.usable_for, point.is_shared) != before:
        point.save(update_fields=["usable_for", "is_shared"])


def etag_of_needs(needs: Iterable[AccessNeed]) -> str:
    """Return the hash that a page sends back, so that two agents do not overwrite each other (W12)."""
    return checksum(*sorted((need.kind, need.detail, need.is_confirmed) for need in needs))


@transaction.atomic
def set_needs(*, person: Person, needs: Sequence[Need], seen: str, by: User, at: datetime) -> None:
    """Replace all needs with what the person told an agent; to be reviewed in six months."""
    Person.objects.select_for_update().get(pk=person.pk)
    known = {need.kind: need for need in AccessNeed.objects.filter(person=person)}
    if etag_of_needs(known.values()) != seen:
        raise ChangedMeanwhile
    wanted = {need.kind: need.detail.strip()[:200] for need in needs}
    if not wanted.get(AccessNeed.Kind.AVOID, "-"):
        raise Refused(_("Écrivez ce qu’il faut éviter."))
    if not wanted.get(AccessNeed.Kind.CALL_HOURS, "-"):
        raise Refused(_("Écrivez à quelles heures appeler."))
    if pair := contrary_in(wanted):
        names = {"one": pair[0].label, "other": pair[1].label}
        raise Refused(_("Gardez l’un des deux : « %(one)s » ou « %(other)s ».") % names)
    AccessNeed.objects.filter(person=person).exclude(kind__in=wanted).delete()
    review_on = timezone.localdate(at) + REVIEWED_AFTER
    for kind, detail in wanted.items():
        heard = {"detail": detail, "is_confirmed": True, "said_at": at, "review_on": review_on}
        AccessNeed.objects.update_or_create(person=person, kind=kind, defaults=heard)
    before = {kind: need.detail for kind, need in known.items()}
    if before != wanted:
        note_change(person=person, kind=PersonChange.Kind.NEEDS, before=before, after=wanted, by=by, at=at)
