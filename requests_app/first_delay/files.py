"""Rows of dates as a file: read strictly, so that no wrong delay is ever computed."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from requests_app.first_delay.delays import TicketDates
from requests_app.lib.spreadsheets import as_plain_csv
from requests_app.lib.strict_csv import read_strictly

COLUMNS = (
    "maison",
    "type",
    "first_time",
    "asked_on",
    "offered_on",
    "booked_on",
    "held_on",
    "closed_on",
    "announced_days",
)
TRUTHS = dict.fromkeys(("true", "1", "yes", "oui"), True) | dict.fromkeys(("false", "0", "no", "non"), False)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COUNT = re.compile(r"[0-9]{1,6}")


def read_rows(path: Path) -> list[TicketDates]:
    """Read every row, or raise at the first that cannot be read or whose days are out of order."""
    return read_strictly(path, _parse)


def write_rows(path: Path, rows: Iterable[TicketDates]) -> None:
    """Write rows as ``read_rows`` reads them."""
    path.write_bytes(as_plain_csv([COLUMNS, *map(_cells, rows)]))


def _parse(lines: Iterator[list[str]]) -> Iterator[TicketDates]:
    header = [name.strip() for name in next(lines, [])]
    if sorted(header) != sorted(COLUMNS):
        raise ValueError(header)
    for line in lines:
        if line:
            yield _row(dict(zip(header, (cell.strip() for cell in line), strict=True)))


def _row(cells: Mapping[str, str]) -> TicketDates:
    row = TicketDates(
        maison=_text(cells["maison"]),
        type=_text(cells["type"]),
        is_first_time=_truth(cells["first_time"]),
        asked_on=_day(cells["asked_on"]),
        offered_on=_day_or_none(cells["offered_on"]),
        booked_on=_day_or_none(cells["booked_on"]),
        held_on=_day_or_none(cells["held_on"]),
        closed_on=_day_or_none(cells["closed_on"]),
        announced_days=_count_or_none(cells["announced_days"]),
    )
    if not row.is_in_order:
        raise ValueError(row)
    return row


def _text(cell: str) -> str:
    cell.encode()  # refuses bytes that were not text
    return cell


def _truth(cell: str) -> bool:
    if cell.casefold() not in TRUTHS:
        raise ValueError(cell)
    return TRUTHS[cell.casefold()]


def _day(cell: str) -> date:
    """Parse one format only: with day and month swapped it would be another date."""
    if not _DAY.fullmatch(cell):
        raise ValueError(cell)
    return date.fromisoformat(cell)


def _day_or_none(cell: str) -> date | None:
    return _day(cell) if cell else None


def _count_or_none(cell: str) -> int | None:
    if cell and not _COUNT.fullmatch(cell):
        raise ValueError(cell)
    return int(cell) if cell else None


def _cells(row: TicketDates) -> list[str]:
    days = (row.asked_on, row.offered_on, row.booked_on, row.held_on, row.closed_on)
    announced = "" if row.announced_days is None else str(row.announced_days)
    written = [day.isoformat() if day else "" for day in days]
    return [row.maison, row.type, str(row.is_first_time).lower(), *written, announced]
