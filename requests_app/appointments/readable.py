"""In which ticket an agent reads an appointment: its own, or the survivor of a merge."""

from collections.abc import Mapping
from typing import Any

from requests_app.access.scope import Scope

HELD = ("reference", "maison_id", "is_sensitive", "shared_with")
OWN, SURVIVOR = "ticket__", "ticket__merged_into__"
READ_BY = [f"{prefix}{name}" for prefix in (OWN, SURVIVOR) for name in HELD]  # what a row must have


def readable_in(row: Mapping[str, Any], scope: Scope) -> str:
    """Return the reference of the ticket where it is read: the survivor, else its own; "" for neither.

    A reserved ticket is never read through one that is not (threats: A03).
    """
    if row[f"{SURVIVOR}reference"]:
        is_through = row[f"{SURVIVOR}is_sensitive"] or not row[f"{OWN}is_sensitive"]
        if is_through and _can_read(row, SURVIVOR, scope):
            return str(row[f"{SURVIVOR}reference"])
    return str(row[f"{OWN}reference"]) if _can_read(row, OWN, scope) else ""


def _can_read(row: Mapping[str, Any], prefix: str, scope: Scope) -> bool:
    return scope.can_read(*(row[f"{prefix}{name}"] for name in HELD[1:]))
