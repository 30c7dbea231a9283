"""Turn the text of one cell into a value; a refusal is a ValueError whose sentence is shown."""

import re
from collections.abc import Callable, Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _
from opening_hours import validate as is_opening_hours

Reader = Callable[[str], Any]

_POSTAL_CODE = re.compile(r"\d{5}")
_INSEE_CODE = re.compile(r"(\d{2}|2[AB])\d{3}[A-Z]?")
_DEGREES = re.compile(r"-?\d{1,3}(\.\d{1,15})?")
_CODE = re.compile(r"[A-Za-z0-9_-]+")


def text(limit: int, *, needed: bool = False) -> Reader:
    """Read a text of at most `limit` characters."""

    def read(cell: str) -> str:
        if needed and not cell:
            raise ValueError(_("la case est vide"))
        if len(cell) > limit:
            raise ValueError(_("plus de %(limit)d signes") % {"limit": limit})
        if any(ord(sign) < 32 for sign in cell):
            raise ValueError(_("la case contient un retour à la ligne ou un signe invisible"))
        return cell

    return read


def _match_shape(shape: re.Pattern[str], refusal: Callable[[], str]) -> Reader:
    def read(cell: str) -> str:
        if cell and not shape.fullmatch(cell):
            raise ValueError(refusal())
        return cell

    return read


postal_code = _match_shape(_POSTAL_CODE, lambda: _("un code postal a cinq chiffres"))
insee_code = _match_shape(_INSEE_CODE, lambda: _("ce n’est pas un code INSEE, par exemple 69266"))
code = _match_shape(_CODE, lambda: _("un code n’a que des lettres sans accent, des chiffres et des tirets"))


def require(read: Reader) -> Reader:
    """Refuse an empty cell."""

    def read_needed(cell: str) -> Any:
        if not cell:
            raise ValueError(_("la case est vide"))
        return read(cell)

    return read_needed


def one_of(values: Collection[str], default: str | None = None) -> Reader:
    """Read one value of a list; an empty cell means the default, when there is one."""

    def read(cell: str) -> str:
        if not cell and default is not None:
            return default
        if cell not in values:
            allowed = ", ".join(values)
            raise ValueError(
                _("« %(cell)s » n’est pas l’une de : %(allowed)s") % {"cell": cell, "allowed": allowed}
            )
        return cell

    return read


def one_number_of(values: Collection[int], default: int) -> Reader:
    """Read one number of a list; an empty cell means the default."""
    read = one_of([str(value) for value in values], default=str(default))
    return lambda cell: int(read(cell))


def yes_or_no(cell: str) -> bool:
    """Read « oui » or « non »; an empty cell means no."""
    return one_of(("oui", "non"), default="non")(cell) == "oui"


def split_list(read: Reader) -> Reader:
    """Read values separated by vertical bars, each once."""

    def read_all(cell: str) -> list[Any]:
        return list(dict.fromkeys(read(part.strip()) for part in cell.split("|") if part.strip()))

    return read_all


def whole_number(most: int) -> Reader:
    """Read a count between 0 and `most`, or nothing."""

    def read(cell: str) -> int | None:
        if not cell:
            return None
        if not (cell.isascii() and cell.isdigit()) or len(cell) > 10 or int(cell) > most:
            raise ValueError(_("ce n’est pas un nombre entier entre 0 et %(most)d") % {"most": most})
        return int(cell)

    return read


def degrees(most: int) -> Reader:
    """Read a latitude or a longitude, or nothing."""

    def read(cell: str) -> float | None:
        if not cell:
            return None
        if not _DEGREES.fullmatch(cell) or abs(float(cell)) > most:
            raise ValueError(_("ce n’est pas une coordonnée en degrés, par exemple 45.76"))
        return float(cell)

    return read


def email(cell: str) -> str:
    """Read an e-mail address, in lower case, or nothing."""
    try:
        if cell:
            validate_email(cell)
    except ValidationError:
        raise ValueError(_("ce n’est pas une adresse e-mail")) from None
    return cell.lower()


def website(cell: str) -> str:
    """Read a web address, or nothing."""
    try:
        if cell:
            URLValidator(["http", "https"])(cell)
    except ValidationError:
        raise ValueError(_("ce n’est pas une adresse de site, par exemple https://exemple.fr")) from None
    return cell


def opening_hours(cell: str) -> str:
    """Read hours in OpenStreetMap's syntax, or nothing."""
    if len(cell) > 500 or (cell and not is_opening_hours(cell)):
        raise ValueError(
            _("ces horaires ne suivent pas la syntaxe « opening_hours », par exemple Mo-Fr 08:30-17:00")
        )
    return cell
