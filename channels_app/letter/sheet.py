"""The letter sheet: what an agent wrote about a letter, with its scan, as it is stored before it is parsed.

Three dates: written on it, arrived, registered (``at``). The legal clocks count from the arrival.
"""

import base64
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from channels_app.noting import ContactSheet, read_noted
from requests_app.tickets.inbound import SaidFile


class Next(models.TextChoices):
    """What happens next with a letter."""

    PASSED_ON = "transmis", _("Transmis au service")
    ANSWERED = "repondu", _("Répondu tout de suite")


@dataclass(frozen=True, slots=True)
class Scan:
    """One file of the scan; ``data`` is base64, since a sheet is text."""

    name: str
    declared_type: str
    data: str

    def as_said(self) -> SaidFile:
        return SaidFile(self.name, self.declared_type, base64.b64decode(self.data, validate=True))


@dataclass(frozen=True, slots=True)
class Letter(ContactSheet):
    """One letter. ``registered_number`` is that of the post, ``organisation`` wrote it when no person did."""

    written_on: date | None = None
    arrived_on: date | None = None
    registered_number: str = ""
    organisation: str = ""
    addressed_to: str = ""
    scans: tuple[Scan, ...] = ()


def read_letter(raw: bytes) -> Letter:
    """Parse stored bytes; raises Unreadable."""
    return read_noted(Letter, raw, steps=Next, more=_read_more)


def _read_more(values: dict[str, Any]) -> None:
    for name in ("written_on", "arrived_on"):
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    values["scans"] = tuple(Scan(**scan) for scan in values["scans"])
    for scan in values["scans"]:
        scan.as_said()
