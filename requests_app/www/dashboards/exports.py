"""The statistics as a workbook: the same filter and totals as the page, and nothing that runs."""

import io
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from requests_app.lib.spreadsheets import Cell, safe

WIDTHS = (14, 44, 12, 12, 12, 12, 18, 20, 20, 20, 12, 12)


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
    for letter, width in zip("ABCDEFGHIJKL", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
