"""What two records say of a person, attribute by attribute, and which values a merge keeps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.lib.checksum import checksum
from requests_app.people.models import Person

FIRST, SECOND = "une", "autre"
# A year follows its date: they are chosen together.
ATTRIBUTES: dict[str, tuple[str | Promise, tuple[str, ...]]] = {
    "given_name": (_("Prénom"), ("given_name",)),
    "family_name": (_("Nom"), ("family_name",)),
    "usage_name": (_("Nom d’usage"), ("usage_name",)),
    "birth": (_("Naissance"), ("birth_date", "birth_year")),
}


@dataclass(frozen=True, slots=True)
class Attribute:
    """One row of the comparison; ``first`` and ``second`` as people write them, "" when unknown."""

    name: str
    label: str | Promise
    first: str
    second: str

    @property
    def is_same(self) -> bool:
        return self.first == self.second

    @property
    def is_empty(self) -> bool:
        return not self.first and not self.second

    @property
    def proposed(self) -> str:
        """Return the value when only one side has it; nothing when an agent must choose."""
        return "" if self.first and self.second else FIRST if self.first else SECOND


def attributes_of(first: Person, second: Person) -> list[Attribute]:
    """Compare two persons."""
    return [
        Attribute(name, label, _format(first, fields), _format(second, fields))
        for name, (label, fields) in ATTRIBUTES.items()
    ]


def fingerprint(first: Person, second: Person) -> str:
    """Return the state a page was made from: another one means that a colleague changed something (W12)."""
    return checksum(*(getattr(who, field) for who in (first, second) for field in _fields()))


def changes(first: Person, second: Person, choices: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields that take the second's value; KeyError for a choice not made."""
    taken: dict[str, Any] = {}
    for line in attributes_of(first, second):
        if not line.is_same and choices[line.name] == SECOND:
            taken |= {field: getattr(second, field) for field in ATTRIBUTES[line.name][1]}
    return taken


def _fields() -> list[str]:
    return [field for _label, fields in ATTRIBUTES.values() for field in fields]


def _format(who: Person, fields: tuple[str, ...]) -> str:
    said = next((value for field in fields if (value := getattr(who, field))), "")
    return f"{said:%d/%m/%Y}" if isinstance(said, date) else str(said)
