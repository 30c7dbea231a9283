"""Tables that spreadsheets open: as the French ones expect them, and nothing in them that they run."""

import csv
import io
from collections.abc import Iterable, Sequence

Cell = str | int | float | None
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


def as_plain_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Write CSV as programs read it: commas, quotes only where needed; for codes and dates, not for words."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(rows)
    return written.getvalue().encode()


def _french(cell: Cell) -> str:
    if cell is None:
        return ""
    return str(cell).replace(".", ",") if isinstance(cell, float) else str(cell)
