"""The figures as a file: the same filter and totals as the page, and nothing that a spreadsheet runs."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from requests_app.catalog.models import Topic
from requests_app.indicators.delays import percentile, spread
from requests_app.indicators.felt import Felt
from requests_app.indicators.reading import Figures
from requests_app.lib import signs
from requests_app.www.dashboards.asking import Asked
from requests_app.www.dashboards.drawing import by_topic
from requests_app.www.dashboards.places import Row

Cell = str | int | float | None
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe(cell: Cell) -> Cell:
    """A word that a spreadsheet would run as a formula is told to be a word (threats: W05)."""
    if isinstance(cell, str) and cell.lstrip(" \u00a0").startswith(RISKY):
        return f"'{cell}"
    return cell


def table(
    asked: Asked, figures: Figures, topics: dict[int, Topic], places: Sequence[Row], said: Felt
) -> Iterator[list[Cell]]:
    """One table for all: what is counted, of what, and its figures; what a line has not stays empty."""
    yield [
        _("Tableau"),
        _("Ligne"),
        _("Reçues"),
        _("Terminées"),
        _("Répondues"),
        _("En attente"),
        _("Sans réponse depuis plus de 5 jours"),
        _("Première réponse, médiane (jours ouvrés)"),
        _("Neuf réponses sur dix en (jours ouvrés)"),
    ]
    waiting = sum(line.waiting for line in figures.places.values())
    late = sum(line.late for line in figures.places.values())
    total, delays = figures.total(asked.period.days), figures.delays[""]
    counts: list[Cell] = [total.received, total.closed, total.answered, waiting, late]
    yield [_("Total"), asked.words, *counts, percentile(delays, 0.5), percentile(delays, 0.9)]
    for day in asked.period.days:
        one = figures.total([day])
        yield [_("Par jour"), day.isoformat(), one.received, one.closed, one.answered, None, None, None, None]
    for code in signs.CHANNELS:
        if figures.channels.get(code) or figures.delays.get(code):
            mine = figures.delays.get(code) or {}
            times = [percentile(mine, 0.5), percentile(mine, 0.9)]
            word = str(signs.CHANNELS[code].word)
            yield [_("Par canal"), word, figures.channels[code], None, sum(mine.values()), None, None, *times]
    for topic in by_topic(figures, topics):
        shown: Cell = str(topic.count) if topic.count.is_hidden else topic.count.figure
        yield [_("Par sujet"), topic.label, shown, None, None, None, None, None, None]
    steps = (_("moins de 1 j"), "1–2 j", "2–3 j", "3–5 j", "5–10 j", "10–20 j", _("plus de 20 j"))
    for step, count in zip(steps, spread(delays), strict=True):
        yield [_("Par délai"), step, None, None, count, None, None, None, None]
    for word, count in said.counts:
        yield [_("Par ressenti"), word, None, None, count, None, None, None, None]
    for row in places:
        line = row.line
        held: list[Cell] = [line.waiting, line.late, line.median, line.ninetieth]
        yield [_("Par lieu"), row.label, line.received, None, line.answered, *held]


def as_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """All quoted, with what French spreadsheets expect: semicolons, decimal commas, a mark of UTF-8."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([_french(safe(cell)) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def _french(cell: Cell) -> str:
    if cell is None:
        return ""
    return str(cell).replace(".", ",") if isinstance(cell, float) else str(cell)


def as_xlsx(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Numbers as numbers, words as words, a first line that stays."""
    from openpyxl import Workbook  # heavy, and only for who exports
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
    for letter, width in zip("ABCDEFGHI", (14, 44, 12, 12, 12, 12, 18, 20, 20), strict=True):
        sheet.column_dimensions[letter].width = width
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
