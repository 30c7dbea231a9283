"""What a person says of how to receive and reach her, kept as things to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from requests_app.people.models import AccessNeed, ContactPoint, Person

Use = ContactPoint.Use


@dataclass(frozen=True, slots=True)
class Need:
    kind: str
    detail: str = ""


@transaction.atomic
def note_needs(*, person: Person, needs: Iterable[Need], at: datetime) -> None:
    """Add what is not known yet; what is known stays as an agent may have corrected it."""
    rows = [AccessNeed(person=person, kind=need.kind, detail=need.detail[:200], said_at=at) for need in needs]
    AccessNeed.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def note_reach(
    *, person: Person, kind: str, value: str, may_leave_message: bool, is_shared: bool, at: datetime
) -> None:
    """What may be done with a contact point. A form takes a permission away, and gives one only to a contact
    born with it: somebody else may have filled it in (threats: M09)."""
    point = ContactPoint.objects.select_for_update().filter(person=person, kind=kind, value=value).first()
    if point is None:
        return
    others = [use for use in point.usable_for if use != Use.VOICE_MESSAGE]
    if not may_leave_message:
        point.usable_for = others or ([Use.ANSWER] if not point.usable_for else [Use.NOTHING])
    elif point.created_at == at and Use.NOTHING not in others:
        point.usable_for = [*others, Use.VOICE_MESSAGE]
    point.is_shared = point.is_shared or is_shared
    point.save(update_fields=["usable_for", "is_shared"])
