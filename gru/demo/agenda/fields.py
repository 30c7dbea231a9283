"""Read the fields of an agenda's JSON; what is wrong is said with its place in the file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from requests_app.maisons.opening import PARIS

CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
FIRST_YEAR, LAST_YEAR = 1970, 2200


class BadAgenda(Exception):
    """The file cannot be loaded; its text is one sentence."""


@dataclass(frozen=True, slots=True)
class Node:
    """An object of the file, and where it stands: `agents[3]`."""

    value: dict[str, Any]
    path: str

    def text(self, name: str, *, limit: int, required: bool = True) -> str:
        """Return a text on one line, "" when it may be missing."""
        found = self.value.get(name)
        found = "" if found is None else found
        if not isinstance(found, str) or CONTROL.search(found) or len(found) > limit:
            raise self.bad(name, f"attend un texte d’au plus {limit} caractères")
        cleaned = " ".join(found.split())
        if required and not cleaned:
            raise self.bad(name, "manque")
        return cleaned

    def number(self, name: str, *, low: int, high: int, default: int | None = None) -> int:
        found = self.value.get(name, default)
        found = default if found is None else found
        if not isinstance(found, int) or isinstance(found, bool) or not low <= found <= high:
            raise self.bad(name, f"attend un nombre entier de {low} à {high}")
        return found

    def optional_number(self, name: str, *, low: int, high: int) -> int | None:
        return None if self.value.get(name) is None else self.number(name, low=low, high=high)

    def is_true(self, name: str) -> bool:
        found = self.value.get(name)
        if found not in (None, True, False):
            raise self.bad(name, "attend true ou false")
        return bool(found)

    def texts(self, name: str, *, limit: int) -> tuple[str, ...]:
        found = self._list(name)
        parts = [Node({"": each}, f"{self.path}.{name}[{place}]") for place, each in enumerate(found)]
        return tuple(part.text("", limit=limit) for part in parts)

    def nodes(self, name: str) -> Iterator["Node"]:
        """Yield the objects of a list, which may be missing."""
        for place, each in enumerate(self._list(name)):
            path = f"{self.path}.{name}[{place}]".lstrip(".")
            if not isinstance(each, dict):
                raise BadAgenda(f"« {path} » attend un objet.")
            yield Node(each, path)

    def _list(self, name: str) -> list[Any]:
        found = self.value.get(name)
        found = [] if found is None else found
        if not isinstance(found, list):
            raise self.bad(name, "attend une liste")
        return found

    def wall(self, name: str) -> datetime:
        """Return an hour of the Paris clock, without offset; one with an offset is told there."""
        found = self._moment(name)
        if not isinstance(found, datetime):
            raise self.bad(name, "attend une date et une heure comme 2026-12-07T09:00")
        return _drop_offset(found)

    def instant(self, name: str) -> datetime:
        """Return an instant, in UTC; of an hour that the Paris clock shows twice, the first."""
        found = self._moment(name)
        if not isinstance(found, datetime):
            raise self.bad(name, "attend une date et une heure comme 2026-12-07T09:00")
        return (found if found.tzinfo else found.replace(tzinfo=PARIS)).astimezone(UTC)

    def bound(self, name: str, *, is_end: bool) -> datetime:
        """Return where a closure starts or ends: a bare date is closed whole, the last one too."""
        found = self._moment(name)
        if isinstance(found, datetime):
            return _drop_offset(found)
        return datetime.combine(found + timedelta(days=is_end), time.min)

    def _moment(self, name: str) -> datetime | date:
        text = self.text(name, limit=40)
        try:
            found = date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
            if not FIRST_YEAR <= found.year <= LAST_YEAR:
                raise ValueError
        except ValueError:
            raise self.bad(name, "attend une date comme 2026-12-07T09:00") from None
        return found

    def bad(self, name: str, why: str) -> BadAgenda:
        place = f"{self.path}.{name}".strip(".")
        return BadAgenda(f"« {place} » {why}.")


def _drop_offset(moment: datetime) -> datetime:
    return moment.astimezone(PARIS).replace(tzinfo=None, fold=0) if moment.tzinfo else moment
