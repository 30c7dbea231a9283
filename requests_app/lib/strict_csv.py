"""Read a file of rows strictly: one wrong line is named, and nothing is computed from the others."""

import csv
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

Row = TypeVar("Row")


class UnreadableFileError(Exception):
    """The file, or one of its lines, cannot be read; ``line`` is its number (header: 1; whole file: 0).

    ``reason`` is the error of that line, None for a whole file.
    """

    def __init__(self, line: int = 0, reason: Exception | None = None) -> None:
        super().__init__(line)
        self.line = line
        self.reason = reason


def read_strictly(path: Path, parse: Callable[[Iterator[list[str]]], Iterable[Row]]) -> list[Row]:
    """Return what ``parse`` makes of the lines, header first; its ValueError names that line.

    Raises UnreadableFileError. Bytes that are not text stay in their cell, so that its line can be named.
    """
    try:
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
            lines = csv.reader(file, strict=True)
            try:
                return list(parse(lines))
            except (ValueError, OverflowError, csv.Error) as error:
                raise UnreadableFileError(max(lines.line_num, 1), error) from None
    except OSError:
        raise UnreadableFileError from None
