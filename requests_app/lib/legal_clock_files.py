"""Read the clocks that `manage legal_clock` runs: strictly, so that no wrong day is ever computed."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from requests_app.lib.legal_clocks import DocumentRequest, LegalClock, Sense, run_clock
from requests_app.lib.strict_csv import read_strictly

COLUMNS = ("sense", "months", "received_first", "received", "requests")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTHS = re.compile(r"[1-9][0-9]{0,2}")


def read_clocks(path: Path) -> list[LegalClock]:
    """Run the clock of every row, or raise at the first that cannot be read."""
    return read_strictly(path, _clocks)


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
