"""Which administration holds a document that an agent is about to ask a person for (CRPA, art. L114-8)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from requests_app.catalog.sayings import stem
from requests_app.lib.text import words

FILE = Path(__file__).parent / "data" / "held_documents.toml"
Says = tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class RequestedDocument:
    """A document as it was typed, and who else may give it; "" when nobody is known to."""

    document: str
    held_by: str


def add_holders(documents: list[str]) -> list[RequestedDocument]:
    """Find for each document which other administration may give it."""
    return [RequestedDocument(document, holder_of(document)) for document in documents]


def holder_of(document: str) -> str:
    """Name the administration that holds such a document; "" when none is known."""
    typed = {stem(word) for word in words(document)}
    return next((by for by, says in _kinds() if all(typed & group for group in says)), "")


@cache
def _kinds() -> list[tuple[str, Says]]:
    held = tomllib.loads(FILE.read_text(encoding="utf-8"))["held"]
    return [(kind["by"], _read(line)) for kind in held for line in kind["says"]]


def _read(line: str) -> Says:
    return tuple(frozenset(stem(word) for word in group.split("|")) for group in line.split())
