"""Add residents' feedback to the statistics, five answers at a time (threats: P06)."""

from collections import Counter, defaultdict
from datetime import datetime
from operator import itemgetter

from requests_app.feedback.models import FeltExperience, LeavingOpinion
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
Opinion = type[FeltExperience] | type[LeavingOpinion]
PLACES: dict[Opinion, str] = {FeltExperience: "ticket__maison_id", LeavingOpinion: "maison_id"}
Said = tuple[datetime, int, Opinion, int]  # when, id, what it is, level


def batch_answers(*, at: datetime, is_whole: bool = False) -> None:
    """Write a row for every five answers of a place; the others wait until they are five."""
    if is_whole:
        FeltBatch.objects.all().delete()
        count_again()
    made, counted = list[FeltBatch](), defaultdict[Opinion, list[int]](list)
    for place, answers in _waiting().items():
        for start in range(0, len(answers) - FeltBatch.SIZE + 1, FeltBatch.SIZE):
            five = answers[start : start + FeltBatch.SIZE]
            made.append(_batch(place, five))
            for _said_at, pk, model, _level in five:
                counted[model].append(pk)
    FeltBatch.objects.bulk_create(made, batch_size=1000)
    for model, ids in counted.items():
        note_counted(model, ids=ids, at=at)


def _waiting() -> dict[int, list[Said]]:
    """Return by place what no batch holds yet, of requests and of the tablet at the door, oldest first."""
    found = defaultdict[int, list[Said]](list)
    for model, place in PLACES.items():
        rows = model.objects.filter(counted_at=None, level__isnull=False)
        for maison_id, pk, level, said_at in rows.values_list(place, "pk", "level", "said_at"):
            found[maison_id or NOWHERE].append((said_at, pk, model, level))
    return {place: sorted(said, key=itemgetter(0, 1)) for place, said in found.items()}


def _batch(place: int, five: list[Said]) -> FeltBatch:
    counts = Counter(COLUMNS[Level(level)] for _said_at, _pk, _model, level in five)
    return FeltBatch(place=place, day=five[-1][0].astimezone(PARIS).date(), **counts)
