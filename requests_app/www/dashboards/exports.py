"""The statistics as a file: the same filter and totals as the page, and nothing that a spreadsheet runs."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from requests_app.www.dashboards.lines import Cell

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe(cell: Cell) -> Cell:
    """Mark as text a word that a spreadsheet would run as a formula (threats: W05)."""
    if isinstance(cell, str) and cell.lstrip(" \u00a0").startswith(RISKY):
        return f"'{cell}"
    return cell


def as_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write CSV as French spreadsheets expect it: all quoted, semicolons, decimal commas, a UTF-8 BOM."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([_french(safe(cell)) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def _french(cell: Cell) -> str:
    if cell is None:
        return ""
    return str(cell).replace(".", ",") if isinstance(cell, float) else str(cell)


def as_xlsx(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write numbers as numbers, words as words, a first line that stays."""
    from openpyxl import Workbook  # heavy, and only needed for exports
    from openpyxl.styles import Font

    book = Workbook(write_only=False)
    sheet = book.active
    sheet.title = _("Chiffres")
    for rank, row in enumerate(rows, start=1):
        for column, cell in enumerate(row, start=1):
            target = sheet.cell(rank, column)
            target.value = safe(cell)
            if isinstance(cell, str):
                target.data_type = "s"
            if rank == 1:
                target.font = Font(bold=True)
    sheet.freeze_panes = "C2"
    for letter, width in zip("ABCDEFGHIJ", (14, 44, 12, 12, 12, 12, 18, 20, 20, 20), strict=True):
        sheet.column_dimensions[letter].width = width
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
