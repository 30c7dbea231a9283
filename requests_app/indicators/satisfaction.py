"""Feedback of those who answered: five by five (batching.py), and their texts within the rights."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Sum

from requests_app.access.scope import Scope
from requests_app.feedback.masking import mask
from requests_app.feedback.models import FeltExperience
from requests_app.indicators.batching import COLUMNS
from requests_app.indicators.models import EVERYWHERE, FeltBatch
from requests_app.indicators.periods import Period
from requests_app.indicators.where import Where
from requests_app.tickets.deadlines import midnight

GOOD = (FeltExperience.Level.WELL, FeltExperience.Level.VERY_WELL)
SENTENCES = 5
NAMES = tuple(f"ticket__person__{name}" for name in ("given_name", "family_name", "usage_name"))


@dataclass(frozen=True, slots=True)
class AnswerCounts:
    """Answers of one place, or of several; ``counts`` follow the levels, worst first."""

    counts: tuple[int, ...]

    @property
    def answers(self) -> int:
        return sum(self.counts)

    @property
    def good(self) -> int:
        """Return those who say « bien » or « très bien »."""
        levels = zip(FeltExperience.Level, self.counts, strict=True)
        return sum(count for level, count in levels if level in GOOD)


NOTHING = AnswerCounts((0,) * len(COLUMNS))


@dataclass(frozen=True, slots=True)
class Feedback:
    """``places`` by Maison; all is zero while a place has fewer than five answers (threats: P06)."""

    told: AnswerCounts
    places: dict[int, AnswerCounts]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """Count by level; empty when nothing may be shown."""
        if not self.told.answers:
            return []
        levels = zip(FeltExperience.Level, self.told.counts, strict=True)
        return [(str(level.label), count) for level, count in levels]


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a person wrote, without the face they chose: that one is only shown with four others."""

    text: str
    on: date
    reference: str
    place: str


def read_felt(where: Where, period: Period) -> Feedback:
    """Read the period's feedback on these places; one statement, whatever their number."""
    if where.topic_id is not None:  # groups of five are of a place, not of a topic
        return Feedback(NOTHING, {})
    rows = FeltBatch.objects.filter(day__gte=period.first, day__lte=period.last)
    if where.keys != (EVERYWHERE,):
        rows = rows.filter(place__in=where.keys)
    summed = rows.values_list("place").annotate(*(Sum(column) for column in COLUMNS.values())).order_by()
    places = {place: AnswerCounts(tuple(counts)) for place, *counts in summed}
    return Feedback(_sum(places.values()), places)


def _sum(told: Iterable[AnswerCounts]) -> AnswerCounts:
    columns = [each.counts for each in told] or [NOTHING.counts]
    return AnswerCounts(tuple(sum(column) for column in zip(*columns, strict=True)))


def sentences(where: Where, period: Period, *, scope: Scope) -> list[Sentence]:
    """Read the latest ones, of tickets that any reader of the list may read (threats: A03, I7).

    Names, phones and mails are masked: a list is printed and read over a shoulder.
    """
    said = FeltExperience.objects.exclude(sentence="").filter(
        said_at__gte=midnight(period.first), said_at__lt=midnight(period.after)
    )
    said = said.filter(scope.readable_q("ticket__"), ticket__is_sensitive=False)
    if where.maisons is not None:
        said = said.filter(ticket__maison_id__in=where.maisons)
    if where.topic_id is not None:
        said = said.filter(ticket__topic_id=where.topic_id)
    columns = ("sentence", "said_at", "ticket__reference", "ticket__maison__label", *NAMES)
    rows: Iterable[Any] = said.order_by("-said_at", "pk").values_list(*columns)[:SENTENCES]
    return [
        Sentence(mask(text, [name for name in names if name]), said_at.date(), reference, place or "")
        for text, said_at, reference, place, *names in rows
    ]
