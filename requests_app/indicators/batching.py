"""Add residents' feedback to the statistics, five answers at a time (threats: P06)."""

from collections import Counter, defaultdict
from datetime import datetime

from django.db.models import QuerySet

from requests_app.feedback.models import FeltExperience
from requests_app.feedback.services import count_again, note_counted
from requests_app.indicators.delays import PARIS
from requests_app.indicators.models import NOWHERE, FeltBatch

Level = FeltExperience.Level
COLUMNS = {
    Level.VERY_BAD: "very_bad",
    Level.BAD: "bad",
    Level.SO_SO: "so_so",
    Level.WELL: "well",
    Level.VERY_WELL: "very_well",
}
Said = tuple[int, int, datetime]  # id, level, when


def batch_answers(*, at: datetime, is_whole: bool = False) -> None:
    """Write a row for every five answers of a place; the others wait until they are five."""
    if is_whole:
        FeltBatch.objects.all().delete()
        count_again()
    made, counted = list[FeltBatch](), list[int]()
    for place, answers in _waiting().items():
        for start in range(0, len(answers) - FeltBatch.SIZE + 1, FeltBatch.SIZE):
            five = answers[start : start + FeltBatch.SIZE]
            made.append(_batch(place, five))
            counted += [pk for pk, _level, _said_at in five]
    FeltBatch.objects.bulk_create(made, batch_size=1000)
    note_counted(ids=counted, at=at)


def _waiting() -> dict[int, list[Said]]:
    found = defaultdict[int, list[Said]](list)
    rows = _uncounted_answers().values_list("ticket__maison_id", "pk", "level", "said_at")
    for maison_id, pk, level, said_at in rows.order_by("said_at", "pk"):
        found[maison_id or NOWHERE].append((pk, level or 0, said_at))
    return found


def _uncounted_answers() -> QuerySet[FeltExperience]:
    return FeltExperience.objects.filter(counted_at=None, level__isnull=False)


def _batch(place: int, five: list[Said]) -> FeltBatch:
    counts = Counter(COLUMNS[Level(level)] for _pk, level, _said_at in five)
    return FeltBatch(place=place, day=five[-1][2].astimezone(PARIS).date(), **counts)
