"""The faces that people choose from: the word carries the meaning, the drawing only helps."""

from collections.abc import Iterable
from dataclasses import dataclass

from requests_app.feedback.models import FeltExperience

MOUTHS = {
    1: "M12 30q8-10 16 0",
    2: "M13 29q7-5 14 0",
    3: "M13 28h14",
    4: "M13 26q7 5 14 0",
    5: "M12 25q8 10 16 0",
}
Level = FeltExperience.Level


@dataclass(frozen=True, slots=True)
class Face:
    level: int
    label: str
    mouth: str


def faces(levels: Iterable[Level] = Level) -> list[Face]:
    """Return the faces of these levels, in their order; all of them unless told otherwise."""
    return [Face(level.value, str(level.label), MOUTHS[level.value]) for level in levels]
