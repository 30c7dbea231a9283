"""What a delivery report says about each recipient (RFC 3464, 2.3): who, and the outcome."""

import re
from collections.abc import Iterable

from .addresses import usable
from .tree import Part

STATUS = ("message/delivery-status", "message/global-delivery-status")
LOOKED_AT = 20_000  # characters of a report
MAX_GROUPS = 50
GROUPS = re.compile(r"\r?\n[ \t]*\r?\n")
FOLD = re.compile(r"\r?\n[ \t]")
FIELD = re.compile(r"(?m)^([A-Za-z-]{1,30})[ \t]{0,5}:([^\r\n]{0,1000})")
TYPE = re.compile(r"\s{0,5}[A-Za-z0-9-]{1,20}\s{0,5};")
XTEXT = re.compile(r"\+([0-9A-F]{2})")
NAMES = ("original-recipient", "final-recipient")


def read_outcomes(parts: Iterable[Part]) -> tuple[tuple[str, str], ...]:
    """Return pairs (address, action) of the groups of a report, in order; "" for a missing action.

    A group may name the same recipient twice, as we wrote it and as the last server knew it.
    """
    found: dict[tuple[str, str], None] = {}
    for part in parts:
        if part.type in STATUS:
            for group in GROUPS.split(part.text()[:LOOKED_AT])[:MAX_GROUPS]:
                found.update(dict.fromkeys(_read_group(group)))
    return tuple(found)


def read_action(text: str) -> str:
    """Return the action of a notice that wrote its report as plain text, or ""."""
    return _action({name.lower(): value.strip() for name, value in FIELD.findall(text[:LOOKED_AT])})


def _read_group(group: str) -> list[tuple[str, str]]:
    unfolded = FOLD.sub(" ", group)
    fields = {name.lower(): value.strip() for name, value in FIELD.findall(unfolded)}
    action = _action(fields)
    written = [fields[name] for name in NAMES if name in fields]
    addresses = [address for each in written for address in _addresses(each)]
    return [(address, action) for address in dict.fromkeys(addresses)]


def _action(fields: dict[str, str]) -> str:
    """Return the action; a status of class 4 is a delay whatever the action says (RFC 3463)."""
    action = fields.get("action", "").split("(")[0].strip().lower()[:20]
    return "delayed" if action in ("", "failed") and fields.get("status", "").startswith("4.") else action


def _addresses(value: str) -> list[str]:
    """Return an address, and its decoded xtext form (RFC 3461, 4): `a+2Bb@x` is `a+b@x`."""
    bare = TYPE.sub("", value, count=1).strip().strip("<>")
    plain = XTEXT.sub(lambda code: chr(int(code[1], 16)), bare)
    return [address for each in (plain, bare) if (address := usable(each))]
