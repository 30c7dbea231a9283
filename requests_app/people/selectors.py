"""What staff read of a person beside their name."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q
from django.db.models.fields.json import KeyTextTransform
from django.utils.translation import gettext as _

from requests_app.people.models import AccessNeed, ContactChoice, ContactPoint, Person, PersonChange
from requests_app.people.models.access_needs import CONTRARY
from requests_app.people.refusals import describe, stopped_at

MAX_POINTS = 50


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A need as something to do; not ``is_confirmed`` while only a form said it."""

    words: str
    is_confirmed: bool
    review_on: date | None = None


def needs_of(person_id: int | None) -> list[NeedRow]:
    """List how to receive and reach them, in the order it was said; one statement."""
    if person_id is None:
        return []
    needs = AccessNeed.objects.filter(person=person_id).order_by("said_at", "pk")
    return mark_contrary(list(needs))


def mark_contrary(needs: list[AccessNeed]) -> list[NeedRow]:
    """Mark needs that contradict each other, as two channels may have brought them."""
    kinds = {need.kind for need in needs}
    todos = []
    for need in needs:
        todo = todo_of(need)
        pair = next((p for p in CONTRARY if need.kind in p and kinds.issuperset(p)), None)
        if pair:
            other = pair[0] if pair[1] == need.kind else pair[1]
            words = _("%(need)s, contraire à « %(other)s »") % {"need": todo.words, "other": other.label}
            todo = replace(todo, words=words)
        todos.append(todo)
    return todos


def todo_of(need: AccessNeed) -> NeedRow:
    return NeedRow(_words(need), need.is_confirmed, need.review_on)


def _words(need: AccessNeed) -> str:
    label = AccessNeed.Kind(need.kind).label
    return f"{label} ({need.detail})" if need.detail else str(label)


@dataclass(frozen=True, slots=True)
class Point:
    """A contact point as the person's page shows it; ``uses`` in words, none when nothing was said."""

    id: int
    kind: str
    value: str
    verified_at: datetime | None
    needs_check: bool
    is_shared: bool
    usable_for: list[str]
    stopped_at: datetime | None = None

    @property
    def refusal(self) -> str:
        """Say what was refused there by a « STOP », since when, and what lifts it; or ""."""
        return describe(self.stopped_at) if self.stopped_at else ""

    @property
    def uses(self) -> list[str]:
        return uses_of(self.usable_for)


def uses_of(usable_for: list[str]) -> list[str]:
    """Return what a contact may be used for, in words."""
    return [str(ContactPoint.Use(use).label) for use in usable_for]


def points_of(person_id: int) -> list[Point]:
    """List how to reach them, oldest first; one statement."""
    columns = ("pk", "kind", "value", "verified_at", "needs_check", "is_shared", "usable_for")
    points = ContactPoint.objects.filter(person=person_id).annotate(since=stopped_at()).order_by("pk")
    return [Point(*row) for row in points.values_list(*columns, "since")[:MAX_POINTS]]


def former_values(person_id: int | None) -> set[str]:
    """Return values that an agent removed from this person's record, or corrected; one statement.

    Whoever reads them now may be somebody else (threats: N06).
    """
    if person_id is None:
        return set()
    gone = PersonChange.objects.filter(
        Q(person=person_id) | Q(person__merged_into=person_id),
        kind__in=[PersonChange.Kind.POINT_REMOVED, PersonChange.Kind.POINT_CHANGED],
    )
    now = ContactPoint.objects.filter(person=person_id, value=OuterRef("was"))
    values = gone.annotate(was=KeyTextTransform("value", "before")).exclude(Exists(now))
    return set(values.values_list("was", flat=True))


def survivor_of(person: Person) -> Person:
    """Return the person an old address leads to; merged twice, it takes two steps."""
    while person.merged_into_id is not None:
        person = Person.objects.get(pk=person.merged_into_id)
    return person


def voice_choices(numbers: Iterable[str]) -> dict[str, bool]:
    """Return whether a voice message may be left, by number, where somebody was asked; one statement."""
    said = ContactChoice.objects.filter(
        kind=ContactPoint.Kind.PHONE, use=ContactPoint.Use.VOICE_MESSAGE, value__in=list(numbers)
    )
    return dict(said.order_by("at", "pk").values_list("value", "is_allowed"))
