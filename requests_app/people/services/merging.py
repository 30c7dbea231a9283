"""Move a person's own data from one record to another, and back: contacts, needs, identity.

Each function returns its changes as plain values, which a MergeLog stores.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from requests_app.people.models import AccessNeed, ContactPoint, Mandate, Person
from requests_app.people.stored_rows import Values, plain, read, rebuilt, row_of

Use = ContactPoint.Use


def give_values(person: Person, changes: Mapping[str, Any]) -> Values:
    """Change the identity; return each field with its values before and after."""
    done = {field: [plain(getattr(person, field)), plain(value)] for field, value in changes.items()}
    if changes:
        Person.objects.filter(pk=person.pk).update(**changes)
    return done


def restore_values(person: Person, given: Values) -> None:
    """Restore each field, unless somebody changed it since."""
    before = {
        field: read(field, was)
        for field, (was, became) in given.items()
        if plain(getattr(person, field)) == became
    }
    if before:
        Person.objects.filter(pk=person.pk).update(**before)


def move_points(from_person: Person, to_person: Person) -> Values:
    """Unite the contacts; one that both have gets the strictest permissions of the two."""
    mine = {(point.kind, point.value): point for point in _points(to_person)}
    moved, same = [], []
    for point in _points(from_person):
        kept = mine.get((point.kind, point.value))
        if kept is None:
            moved.append(point.pk)
        else:
            same.append(_unite(kept, point))
    ContactPoint.objects.filter(pk__in=moved).update(person=to_person)
    return {"points": moved, "same_points": same}


def _unite(kept: ContactPoint, given_up: ContactPoint) -> Values:
    before = row_of(kept)
    kept.verified_at = kept.verified_at or given_up.verified_at
    kept.needs_check = kept.needs_check or given_up.needs_check
    kept.is_shared = kept.is_shared or given_up.is_shared
    kept.usable_for = _strictest(kept.usable_for, given_up.usable_for)
    kept.save(update_fields=["verified_at", "needs_check", "is_shared", "usable_for"])
    lost = row_of(given_up)
    given_up.delete()
    return {"before": before, "after": row_of(kept), "given_up": lost}


def _strictest(mine: list[str], theirs: list[str]) -> list[str]:
    """Intersect the uses; an empty list says nothing, and a use that one forbids stays forbidden."""
    if not mine or not theirs:
        return list(mine or theirs)
    return [use for use in mine if use in theirs] or [Use.NOTHING]


def move_points_back(moved: Values, to_person: Person, from_person: Person) -> None:
    """Undo it; contacts removed or changed since stay as they are; dropped ones come back under their id."""
    back = ContactPoint.objects.filter(pk__in=moved["points"], person=from_person)
    back.update(person=to_person)
    _separate_rows(ContactPoint, moved["same_points"])


def move_needs(from_person: Person, to_person: Person) -> Values:
    """Unite the needs; one that both have is stored once, with what an agent was told of it."""
    mine = {need.kind: need for need in to_person.access_needs.select_for_update()}
    moved, same = [], []
    for need in from_person.access_needs.select_for_update().order_by("pk"):
        kept = mine.get(need.kind)
        if kept is None:
            moved.append(need.pk)
        else:
            same.append(_unite_needs(kept, need))
    AccessNeed.objects.filter(pk__in=moved).update(person=to_person)
    return {"needs": moved, "same_needs": same}


def _unite_needs(kept: AccessNeed, given_up: AccessNeed) -> Values:
    before, lost = row_of(kept), row_of(given_up)
    kept.detail = kept.detail or given_up.detail
    kept.is_confirmed = kept.is_confirmed or given_up.is_confirmed
    kept.save(update_fields=["detail", "is_confirmed"])
    given_up.delete()
    return {"before": before, "after": row_of(kept), "given_up": lost}


def move_needs_back(moved: Values, to_person: Person, from_person: Person) -> None:
    AccessNeed.objects.filter(pk__in=moved["needs"], person=from_person).update(person=to_person)
    _separate_rows(AccessNeed, moved["same_needs"])


def move_mandates(from_person: Person, to_person: Person) -> Values:
    """Move the mandates: whoever acts for one acts for the other."""
    moved = list(from_person.mandates.select_for_update().values_list("pk", flat=True))
    Mandate.objects.filter(pk__in=moved).update(person=to_person)
    return {"mandates": moved}


def move_mandates_back(moved: Values, to_person: Person, from_person: Person) -> None:
    """Move the mandates back; a merge older than mandates moved none."""
    Mandate.objects.filter(pk__in=moved.get("mandates", []), person=from_person).update(person=to_person)


def _separate_rows(model: type[Any], united: list[Values]) -> None:
    """Restore rows as before, unless changed since, and recreate dropped ones under their id."""
    for same in united:
        kept = model.objects.filter(pk=same["before"]["id"]).first()
        if kept is not None and row_of(kept) == same["after"]:
            rebuilt(model, same["before"]).save()
        rebuilt(model, same["given_up"]).save(force_insert=True)


def _points(person: Person) -> Iterable[ContactPoint]:
    return ContactPoint.objects.select_for_update().filter(person=person).order_by("pk")
