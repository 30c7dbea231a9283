"""Typed readers for the environment: one sentence for each wrong value, all of them said at once.

Empty means unset. No sentence quotes what was written: a password may stand in the wrong variable.
"""

import os
import re
import sys
from collections.abc import Iterable, Mapping
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

T = TypeVar("T")

CANNOT_START = 69
COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)
WEB = ("https", "http")


class Environment:
    """Reads variables; a wrong one gives its default and is refused by ``refuse_wrong_values``."""

    def __init__(self, given: Mapping[str, str] = os.environ) -> None:
        self._given = given
        self.refusals: list[str] = []

    def get(self, name: str) -> str:
        """Return what was written to the letter, as secrets need."""
        return self._given.get(name, "")

    def text(self, name: str, default: str = "") -> str:
        """Return a text without the spaces around it."""
        return self.get(name).strip() or default

    def number(self, name: str, default: int, *, least: int = 0, most: int | None = None) -> int:
        """Return a whole number within its bounds."""
        written = self.text(name, str(default))
        try:
            value = int(written)
        except ValueError:
            value = least - 1
        if value < least or (most is not None and value > most):
            bounds = f"de {least} à {most}" if most is not None else f"à partir de {least}"
            return self._refuse(name, f"écrivez un nombre entier {bounds}, par exemple {default}", default)
        return value

    def flag(self, name: str) -> bool:
        """Return whether it is on: `1`; off is `0`, or nothing."""
        return self.choice(name, "0", ("0", "1")) == "1"

    def choice(self, name: str, default: str, allowed: Iterable[str]) -> str:
        """Return one of a few words."""
        words = tuple(allowed)
        value = self.text(name, default)
        if value not in words:
            return self._refuse(name, f"écrivez {' ou '.join(words)}", default)
        return value

    def path(self, name: str, default: Path) -> Path:
        """Return a file or a folder; a relative one starts where the command runs."""
        value = self.text(name)
        return Path(value) if value else default

    def url(self, name: str, default: str = "", *, schemes: tuple[str, ...] = WEB) -> str:
        """Return an address that begins with one of the schemes; on the web, it names a host."""
        value = self.text(name, default)
        if value and not _is_address(value, schemes):
            begun = " ou ".join(f"{scheme}://" for scheme in schemes)
            return self._refuse(name, f"écrivez une adresse qui commence par {begun}", default)
        return value

    def countries(self, name: str, default: str) -> list[str]:
        """Return countries by their two letters, separated by commas."""
        codes = [code.strip() for code in self.text(name, default).upper().split(",")]
        if not all(COUNTRY.fullmatch(code) for code in codes):
            asked = "écrivez des pays par leurs deux lettres, séparés par des virgules, comme FR,BE"
            return self._refuse(name, asked, default.split(","))
        return codes

    def networks(self, name: str) -> list[IPv4Network | IPv6Network]:
        """Return networks in CIDR form, separated by commas."""
        try:
            return [ip_network(each.strip()) for each in self.text(name).split(",") if each.strip()]
        except ValueError:
            asked = "écrivez des réseaux séparés par des virgules, comme 10.0.0.0/8,fd00::/8"
            return self._refuse(name, asked, [])

    def refuse_wrong_values(self) -> None:
        """End the process when a value is wrong, with what to write instead."""
        if self.refusals:
            sys.stderr.write("".join(f"{sentence}\n" for sentence in self.refusals))
            raise SystemExit(CANNOT_START)

    def _refuse(self, name: str, asked: str, default: T) -> T:
        self.refusals.append(f"{name} ne se comprend pas : {asked}.")
        return default


def _is_address(value: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(value)
        _ = parts.port  # read by every client: refuses what is no number
    except ValueError:
        return False
    return parts.scheme in schemes and (bool(parts.hostname) or parts.scheme not in WEB)
