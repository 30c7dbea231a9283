"""What staff read of a person beside her name."""

from dataclasses import dataclass

from requests_app.people.models import AccessNeed


@dataclass(frozen=True, slots=True)
class ToDo:
    """A need as something to do; not ``is_confirmed`` while only a form said it."""

    words: str
    is_confirmed: bool


def needs_of(person_id: int | None) -> list[ToDo]:
    """How to receive and reach her, in the order it was said; one statement."""
    if person_id is None:
        return []
    needs = AccessNeed.objects.filter(person=person_id).order_by("said_at", "pk")
    return [ToDo(_words(need), need.is_confirmed) for need in needs]


def _words(need: AccessNeed) -> str:
    label = AccessNeed.Kind(need.kind).label
    return f"{label} ({need.detail})" if need.detail else str(label)
