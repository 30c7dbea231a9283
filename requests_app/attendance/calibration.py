"""How far predicted risks are from what happened: by fifths, on rows that the weights have not seen.

Every fifth row is left out in turn, predicted from the others. All rows are then sorted by their risk and
cut in five: in each part the mean risk is compared with the share who did not come. The error is the mean of
these differences, each counted by its rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from requests_app.attendance.logistic import fit

PARTS = 5


@dataclass(frozen=True, slots=True)
class Fifth:
    """One fifth of the rows by risk: the mean predicted, the share observed, and how many."""

    predicted: float
    observed: float
    count: int


def measure(rows: Sequence[Sequence[float]], outcomes: Sequence[bool]) -> list[Fifth]:
    """Return the fifths, the lowest risk first."""
    found = sorted(_predict_unseen(rows, outcomes), key=lambda pair: pair[0])
    cuts = [len(found) * n // PARTS for n in range(PARTS + 1)]
    parts = [found[start:end] for start, end in pairwise(cuts)]
    return [_describe(part) for part in parts if part]


def error_of(fifths: Sequence[Fifth]) -> float:
    total = sum(each.count for each in fifths)
    return sum(abs(each.predicted - each.observed) * each.count for each in fifths) / total


def _predict_unseen(
    rows: Sequence[Sequence[float]], outcomes: Sequence[bool]
) -> Iterator[tuple[float, bool]]:
    for part in range(PARTS):
        seen = [n for n in range(len(rows)) if n % PARTS != part]
        model = fit([rows[n] for n in seen], [outcomes[n] for n in seen])
        for n in range(part, len(rows), PARTS):
            yield model.predict(rows[n]), outcomes[n]


def _describe(part: Sequence[tuple[float, bool]]) -> Fifth:
    risks = [risk for risk, _outcome in part]
    return Fifth(sum(risks) / len(part), sum(outcome for _risk, outcome in part) / len(part), len(part))
