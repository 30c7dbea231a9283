"""Tables that spreadsheets open: as the French ones expect them, and nothing in them that they run."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from itertools import chain, islice, zip_longest
from typing import Any

from django.utils import timezone

Cell = str | int | float | date | time | None  # a datetime is a date too
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
BLANKS = " \u00a0\u202f\u200b\ufeff"  # spreadsheets look behind some of them
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # no XML may hold them
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
FORMATS = {datetime: "dd/mm/yyyy hh:mm", date: "dd/mm/yyyy", time: "hh:mm"}
SAMPLE = 200  # rows that tell how wide a column is
MIN_WIDTH, MAX_WIDTH, INSTANT_WIDTH = 12, 44, 17


def safe(cell: Cell) -> Cell:
    """Mark as text a word that a spreadsheet would run as a formula (threats: W05)."""
    if not isinstance(cell, str):
        return cell
    written = UNWRITABLE.sub("", cell)
    return f"'{written}" if written.lstrip(BLANKS).startswith(RISKY) else written


def as_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write CSV as French spreadsheets expect it: all quoted, semicolons, decimal commas, a UTF-8 BOM."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([_french(safe(cell)) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def as_plain_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Write CSV as programs read it: commas, quotes only where needed; for codes and dates, not for words."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(rows)
    return written.getvalue().encode()


def as_xlsx(rows: Iterable[Sequence[Cell]], *, title: str, frozen: str = "A2") -> bytes:
    """Write numbers as numbers, dates as dates, words as words; the rows above ``frozen`` stay in view.

    Rows are written one by one: a long list costs the file, not its cells.
    """
    from openpyxl import Workbook  # heavy, and only needed for exports
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = frozen
    following = iter(rows)
    sample = list(islice(following, SAMPLE))
    for column, cells in enumerate(zip_longest(*sample), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = _width(cells)
    for rank, row in enumerate(chain(sample, following)):
        sheet.append([_excel_cell(sheet, cell, is_head=rank == 0) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_file(rows: Iterable[Sequence[Cell]], form: str, *, title: str, frozen: str = "A2") -> bytes:
    """Write a table in one of the forms of ``CONTENT_TYPES``."""
    return as_csv(rows) if form == "csv" else as_xlsx(rows, title=title, frozen=frozen)


def _french(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{_local(cell):%Y-%m-%d %H:%M}"
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    return str(cell).replace(".", ",") if isinstance(cell, float) else str(cell)


def _local(instant: datetime) -> datetime:
    """Drop the zone, which no spreadsheet knows, once the clock is the one on our walls."""
    here = timezone.localtime(instant) if timezone.is_aware(instant) else instant
    return here.replace(tzinfo=None, second=0, microsecond=0)


def _excel_cell(sheet: Any, cell: Cell, *, is_head: bool) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    value = safe(cell)
    if not is_head and not isinstance(value, date | time | str):
        return value
    target = WriteOnlyCell(sheet, _local(value) if isinstance(value, datetime) else value)
    if isinstance(value, str):
        target.data_type = "s"
    elif type(value) in FORMATS:
        target.number_format = FORMATS[type(value)]
    if is_head:
        target.font = Font(bold=True)
    return target


def _width(cells: Iterable[Cell]) -> int:
    longest = max((INSTANT_WIDTH if isinstance(cell, date) else len(str(cell or ""))) for cell in cells)
    return min(max(longest + 2, MIN_WIDTH), MAX_WIDTH)
