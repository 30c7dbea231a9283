"""Cells of at least five persons each, that partition all tickets (threats: P06).

No total is written and no ticket is in two cells: whatever is added or subtracted is made of whole cells, so
it holds five persons or nobody. Small groups join their neighbours under « the others », with the
smallest of those that could stand alone when they are still too few.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from requests_app.lib.few_people import FEW, join_few, round_to_few

K = FEW
NO_PERSON = 0  # tickets without a person count as one: they may all be of the same person
OTHERS = None

Path = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One person's tickets that share all columns."""

    path: tuple[str, ...]
    person: int
    count: int


@dataclass(frozen=True, slots=True)
class Cell:
    """``path``: its columns, ``OTHERS`` from the first one that had to be joined."""

    path: Path
    count: int


def cells_of(rows: Iterable[Row], *, columns: int) -> list[Cell]:
    """Partition all rows; return nothing while they are of fewer than five persons."""
    every = list(rows)
    if not _can_stand_alone(every):
        return []
    return [
        Cell(path, round_to_few(sum(row.count for row in held))) for path, held in _split((), every, columns)
    ]


def _split(path: Path, rows: list[Row], columns: int) -> Iterator[tuple[Path, list[Row]]]:
    """Split by the next column as long as each part can stand alone."""
    depth = len(path)
    if depth == columns:
        yield path, rows
        return
    alone, others = _parts(rows, depth)
    for value, part in alone:
        yield from _split((*path, value), part, columns)
    if others:
        yield (*path, *[OTHERS] * (columns - depth)), others


def _parts(rows: list[Row], depth: int) -> tuple[list[tuple[str, list[Row]]], list[Row]]:
    """Return the values that can stand alone, and the rows of all others together."""
    by_value: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_value[row.path[depth]].append(row)
    alone, joined = join_few({value: _persons(part) for value, part in sorted(by_value.items())})
    others = [row for value in joined for row in by_value[value]]
    return [(value, by_value[value]) for value in sorted(alone)], others


def _can_stand_alone(rows: list[Row]) -> bool:
    return len(_persons(rows)) >= K


def _persons(rows: list[Row]) -> set[int]:
    return {row.person for row in rows}
