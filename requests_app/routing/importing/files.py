"""Read the CSV files of a folder, and report every error of every cell."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from requests_app.routing.importing import outlines
from requests_app.routing.importing.tables import TABLES, Table

MAX_BYTES = 10_000_000
"""A territory of the size of a country stays below; beyond, it is not one of these files."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One error, where to find it, in words."""

    file: str
    line: int
    column: str
    sentence: str

    def __str__(self) -> str:
        line = _(", ligne %(line)d") % {"line": self.line} if self.line else ""
        column = _(", colonne %(column)s") % {"column": self.column} if self.column else ""
        return f"{self.file}{line}{column} : {self.sentence}"


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row that could be read, by the model's field, and the line they came from."""

    line: int
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Territory:
    """All files of a folder, by file name, and what is wrong in them."""

    rows: dict[str, list[Row]]
    problems: list[Problem]


def read_folder(folder: Path) -> Territory:
    """Read every file of a territory; errors are listed together, none is raised."""
    problems: list[Problem] = []
    present = [table for table in TABLES if not table.is_optional or (folder / table.file).exists()]
    rows = {table.file: list(_read(folder / table.file, table, problems)) for table in present}
    rows[outlines.FILE] = _outlines(folder, problems)
    return Territory(rows, problems)


def _outlines(folder: Path, problems: list[Problem]) -> list[Row]:
    try:
        return [Row(0, values) for values in outlines.read_outlines(folder)]
    except outlines.WrongOutlines as refusal:
        problems.append(Problem(outlines.FILE, 0, "", str(refusal)))
        return []


def _read(path: Path, table: Table, problems: list[Problem]) -> Iterator[Row]:
    """Yield the rows of one file and record their errors: all is checked before anything is written."""
    refused = _text_or_refusal(path)
    if isinstance(refused, Problem):
        problems.append(refused)
        return
    lines = csv.DictReader(io.StringIO(refused), strict=True)
    try:
        missing = _missing(table, lines.fieldnames or [])
        problems.extend(missing)
        if not missing:
            yield from _rows(lines, table, problems)
    except csv.Error:
        problems.append(Problem(table.file, lines.line_num, "", _("la ligne n’est pas du CSV lisible")))


def _text_or_refusal(path: Path) -> str | Problem:
    try:
        if path.stat().st_size > MAX_BYTES:
            return Problem(path.name, 0, "", _("le fichier est trop gros pour être un fichier de territoire"))
        return path.read_text("utf-8-sig")
    except OSError:
        return Problem(path.name, 0, "", _("le fichier manque ou ne peut pas être lu"))
    except UnicodeDecodeError:
        return Problem(path.name, 0, "", _("le fichier n’est pas en UTF-8"))


def _missing(table: Table, header: Any) -> list[Problem]:
    return [
        Problem(table.file, 1, column.name, _("la colonne manque"))
        for column in table.columns
        if not column.is_optional and column.name not in header
    ]


def _rows(lines: "csv.DictReader[str]", table: Table, problems: list[Problem]) -> Iterator[Row]:
    present = [column for column in table.columns if column.name in (lines.fieldnames or [])]
    seen: dict[tuple[Any, ...], int] = {}
    for cells in lines:
        line = lines.line_num
        if None in cells or None in cells.values():
            problems.append(
                Problem(table.file, line, "", _("le nombre de cases n’est pas celui des colonnes"))
            )
            continue
        row = Row(line, {})
        for column in present:
            try:
                row.values[column.field] = column.read(cells[column.name].strip())
            except ValueError as refusal:
                problems.append(Problem(table.file, line, column.name, str(refusal)))
        key = tuple(row.values.get(field) for field in table.key)
        if None not in key and seen.setdefault(key, line) != line:
            first = {"line": seen[key]}
            problems.append(Problem(table.file, line, "", _("même clé que la ligne %(line)d") % first))
        yield row
