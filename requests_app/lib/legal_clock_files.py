"""Read the clocks that `manage legal_clock` runs: strictly, so that no wrong day is ever computed."""

import csv
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from requests_app.lib.legal_clocks import DocumentRequest, LegalClock, Sense, run_clock

COLUMNS = ("sense", "months", "received_first", "received", "requests")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTHS = re.compile(r"[1-9][0-9]{0,2}")


class UnreadableFileError(Exception):
    """The file, or one of its lines, cannot be read; ``line`` is its number (header: 1; whole file: 0)."""

    def __init__(self, line: int = 0) -> None:
        super().__init__(line)
        self.line = line


def read_clocks(path: Path) -> list[LegalClock]:
    """Run the clock of every row, or raise at the first that cannot be read."""
    try:
        # Bytes that are not text stay in their cell, so that its line can be named.
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
            rows = csv.reader(file, strict=True)
            try:
                return list(_clocks(rows))
            except (ValueError, OverflowError, csv.Error):
                raise UnreadableFileError(max(rows.line_num, 1)) from None
    except OSError:
        raise UnreadableFileError from None


def _clocks(rows: Iterator[list[str]]) -> Iterator[LegalClock]:
    header = [name.strip() for name in next(rows, [])]
    if not set(COLUMNS) <= set(header) or len(set(header)) < len(header):
        raise ValueError(header)
    for row in rows:
        if row:
            yield _clock(dict(zip(header, (cell.strip() for cell in row), strict=True)))


def _clock(cells: Mapping[str, str]) -> LegalClock:
    if not _MONTHS.fullmatch(cells["months"]):
        raise ValueError(cells["months"])
    return run_clock(
        sense=Sense(cells["sense"]),
        months=int(cells["months"]),
        received=_day(cells["received"]),
        received_first=_day(cells["received_first"]) if cells["received_first"] else None,
        requests=[_request(each) for each in cells["requests"].split(";")] if cells["requests"] else [],
    )


def _request(text: str) -> DocumentRequest:
    asked, until, arrived = (part.strip() for part in text.split(":"))
    return DocumentRequest(_day(asked), _day(until), _day(arrived) if arrived else None)


def _day(text: str) -> date:
    """Parse one format only: with day and month swapped it would be another date."""
    if not _DAY.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)
