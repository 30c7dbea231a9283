"""Observations as a file: read strictly, so that no wrong effect is ever believed."""

import re
from collections.abc import Iterable, Iterator, Mapping
from math import isfinite
from pathlib import Path

from django.utils.translation import gettext as _

from requests_app.experiments.observations import Observation
from requests_app.lib.strict_csv import UnreadableFileError, read_strictly

COLUMNS = ("site", "period", "treated_site", "after", "value", "n")
_NUMBER = re.compile(r"[+-]?([0-9]{1,300}(\.[0-9]{0,300})?|\.[0-9]{1,300})([eE][+-]?[0-9]{1,3})?")


class UnreadableObservationsError(Exception):
    """A file, or one of its lines, that cannot be read; its text is a sentence to show."""


def read_observations(path: Path) -> list[Observation]:
    """Read every row; raise UnreadableObservationsError at the first that is wrong, its line named."""
    try:
        return read_strictly(path, _parse)
    except UnreadableFileError as error:
        raise UnreadableObservationsError(_sentence(error)) from None


def _sentence(error: UnreadableFileError) -> str:
    if not error.line:
        return _("Le fichier ne peut pas être lu.")
    is_ours = isinstance(error.reason, _WrongRowError)
    reason = str(error.reason) if is_ours else _("cette ligne ne peut pas être lue.")
    return _("Ligne %(line)d : %(reason)s") % {"line": error.line, "reason": reason}


def _parse(lines: Iterator[list[str]]) -> list[Observation]:
    header, seen = _header(next(lines, [])), _Seen()
    for cells in lines:
        if cells:
            seen.add(_observation(header, cells))
    return seen.observations


class _WrongRowError(ValueError):
    """A row that cannot be an observation; its text ends the sentence that names its line."""


class _Seen:
    """The observations read so far: a row may neither repeat nor contradict one of them."""

    def __init__(self) -> None:
        self.observations: list[Observation] = []
        self._periods: set[tuple[str, str]] = set()
        self._is_tried: dict[str, bool] = {}

    def add(self, row: Observation) -> None:
        names = {"site": row.site, "period": row.period}
        if (row.site, row.period) in self._periods:
            raise _WrongRowError(_("le site %(site)s a déjà une valeur pour %(period)s.") % names)
        if self._is_tried.setdefault(row.site, row.is_tried) is not row.is_tried:
            raise _WrongRowError(_("le site %(site)s est à la fois essayé et de comparaison.") % names)
        self._periods.add((row.site, row.period))
        self.observations.append(row)


def _header(cells: Iterable[str]) -> list[str]:
    header = [cell.strip() for cell in cells]
    for column in COLUMNS:
        if header.count(column) != 1:
            raise _WrongRowError(
                _("la colonne « %(column)s » manque, ou y est deux fois.") % {"column": column}
            )
    return header


def _observation(header: list[str], cells: list[str]) -> Observation:
    if len(cells) != len(header):
        raise _WrongRowError(_("cette ligne n’a pas autant de cases que l’en-tête."))
    row = dict(zip(header, (cell.strip() for cell in cells), strict=True))
    value, n = _number(row, "value"), _number(row, "n")
    if n is None and value is not None:
        raise _WrongRowError(_("la case « %(column)s » est vide.") % {"column": "n"})
    if n is not None and n < 0:
        raise _WrongRowError(_("la case « %(column)s » est négative.") % {"column": "n"})
    return Observation(
        site=_name(row, "site"),
        period=_name(row, "period"),
        is_tried=_flag(row, "treated_site"),
        is_after=_flag(row, "after"),
        value=value,
        n=n or 0.0,
    )


def _name(row: Mapping[str, str], column: str) -> str:
    text = row[column]
    if not text:
        raise _WrongRowError(_("la case « %(column)s » est vide.") % {"column": column})
    if not text.isprintable():
        raise _WrongRowError(_("la case « %(column)s » n’est pas du texte.") % {"column": column})
    return text


def _flag(row: Mapping[str, str], column: str) -> bool:
    if row[column] not in {"0", "1"}:
        raise _WrongRowError(_("la case « %(column)s » n’est ni 0 ni 1.") % {"column": column})
    return row[column] == "1"


def _number(row: Mapping[str, str], column: str) -> float | None:
    if not row[column]:
        return None
    number = float(row[column]) if _NUMBER.fullmatch(row[column]) else None
    if number is None or not isfinite(number):
        raise _WrongRowError(_("la case « %(column)s » n’est pas un nombre.") % {"column": column})
    return number
