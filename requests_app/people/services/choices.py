"""What may be sent where: « STOP » and « START » take effect at once, and are stored (threats: S05)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from requests_app.accounts.models import User
from requests_app.people.models import ContactChoice, ContactPoint, PersonChange
from requests_app.people.services.tracing import note_change
from requests_app.people.stored_rows import row_of

Use = ContactPoint.Use
POINT_CHANGED = PersonChange.Kind.POINT_CHANGED


@transaction.atomic
def choose(
    *,
    kind: str,
    value: str,
    uses: Sequence[str],
    is_allowed: bool,
    word: str,
    at: datetime,
    by: User | None = None,
) -> list[str]:
    """Note what is allowed or refused at a contact point; return the uses for which that is new.

    Without ``by``, the number itself said it. What an agent was told is in the person's history.
    """
    known = dict(ContactChoice.objects.latest_at(kind, value).values_list("use", "is_allowed"))
    changed = [use for use in uses if known.get(use, True) != is_allowed]
    ContactChoice.objects.bulk_create(
        ContactChoice(kind=kind, value=value, use=use, is_allowed=is_allowed, word=word[:40], at=at, by=by)
        for use in changed
    )
    for point in ContactPoint.objects.at(kind, value).select_for_update():
        before = row_of(point)
        point.usable_for = (
            _add_uses(point.usable_for, uses) if is_allowed else remove_uses(point.usable_for, uses)
        )
        point.save(update_fields=["usable_for"])
        if by and (after := row_of(point)) != before:
            note_change(person=point.person, kind=POINT_CHANGED, before=before, after=after, by=by, at=at)
    return changed


def is_refused(kind: str, value: str, use: str) -> bool:
    """Tell whether the last choice there about this use was no."""
    said = ContactChoice.objects.latest_at(kind, value).filter(use=use).values_list("is_allowed", flat=True)
    return said.first() is False


def remove_refused(kind: str, value: str, uses: Sequence[str]) -> list[str]:
    """Return these uses, less those refused at that contact point before we knew whose it is."""
    said = ContactChoice.objects.latest_at(kind, value).values_list("use", "is_allowed")
    return remove_uses(uses, [use for use, is_allowed in said if not is_allowed])


def remove_uses(now: Sequence[str], refused: Iterable[str]) -> list[str]:
    """Return the uses left; an empty list says nothing, so those that stay possible are named."""
    uses = [use for use in (now or [Use.ANSWER, Use.REMINDER]) if use not in set(refused)]
    return uses or [Use.NOTHING]


def _add_uses(now: Sequence[str], allowed: Iterable[str]) -> list[str]:
    if not now:
        return []
    return list(dict.fromkeys([*(use for use in now if use != Use.NOTHING), *allowed]))
