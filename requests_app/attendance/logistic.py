"""A logistic regression of a few weights, by Newton's steps: no library is needed for so little.

Features are standardised, so that one penalty fits all; it shrinks every weight but the first, which is the
base rate. With it the solution exists and is unique, also when the features tell all.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

RIDGE = 1.0
MAX_STEPS = 50
CLOSE_ENOUGH = 1e-9
Vector = list[float]


@dataclass(frozen=True, slots=True)
class Logistic:
    """``weights`` has one more than ``means`` and ``scales``: the first goes with no feature."""

    means: Vector
    scales: Vector
    weights: Vector

    def contributions(self, features: Sequence[float]) -> Vector:
        """Return what each feature adds to the log-odds, compared with the mean person."""
        known = zip(features, self.means, self.scales, self.weights[1:], strict=True)
        return [weight * (value - mean) / scale for value, mean, scale, weight in known]

    def predict(self, features: Sequence[float]) -> float:
        return _probability(self.weights[0] + sum(self.contributions(features)))


def fit(rows: Sequence[Sequence[float]], outcomes: Sequence[bool]) -> Logistic:
    """Fit the weights to rows of features and what came of them; refuses no rows at all."""
    if not rows:
        raise ValueError("nothing to fit")
    columns = list(zip(*rows, strict=True))
    means = [sum(column) / len(rows) for column in columns]
    scales = [_deviation(column, mean) or 1.0 for column, mean in zip(columns, means, strict=True)]
    centred = [[1.0, *_standardise(row, means, scales)] for row in rows]
    return Logistic(means, scales, _solve_newton(centred, outcomes))


def _standardise(row: Sequence[float], means: Vector, scales: Vector) -> Vector:
    return [(value - mean) / scale for value, mean, scale in zip(row, means, scales, strict=True)]


def _deviation(column: Sequence[float], mean: float) -> float:
    return math.sqrt(sum((value - mean) ** 2 for value in column) / len(column))


def _solve_newton(rows: list[Vector], outcomes: Sequence[bool]) -> Vector:
    weights = [0.0] * len(rows[0])
    for _step in range(MAX_STEPS):
        step = _solve(*_slopes(rows, outcomes, weights))
        weights = [weight + each for weight, each in zip(weights, step, strict=True)]
        if max(map(abs, step)) < CLOSE_ENOUGH:
            break
    return weights


def _slopes(rows: list[Vector], outcomes: Sequence[bool], weights: Vector) -> tuple[list[Vector], Vector]:
    """Return the matrix of second slopes and the vector of first slopes of the penalised likelihood."""
    size = range(len(weights))
    first = [-RIDGE * weight if n else 0.0 for n, weight in enumerate(weights)]
    second = [[RIDGE if n == m and n else 0.0 for m in size] for n in size]
    for row, outcome in zip(rows, outcomes, strict=True):
        chance = _probability(sum(map(float.__mul__, row, weights)))
        spread = max(chance * (1 - chance), 1e-12)
        for n in size:
            first[n] += (outcome - chance) * row[n]
            for m in size:
                second[n][m] += spread * row[n] * row[m]
    return second, first


def _solve(matrix: list[Vector], right: Vector) -> Vector:
    """Solve a small system by elimination with pivots."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for n in range(size):
        pivot = max(range(n, size), key=lambda m: abs(rows[m][n]))
        rows[n], rows[pivot] = rows[pivot], rows[n]
        for m in range(size):
            if m != n and rows[m][n]:
                factor = rows[m][n] / rows[n][n]
                rows[m] = [a - factor * b for a, b in zip(rows[m], rows[n], strict=True)]
    return [row[size] / row[n] for n, row in enumerate(rows)]


def _probability(odds: float) -> float:
    """Return the probability of these log-odds, without overflow."""
    if odds >= 0:
        return 1 / (1 + math.exp(-odds))
    grown = math.exp(odds)
    return grown / (1 + grown)
