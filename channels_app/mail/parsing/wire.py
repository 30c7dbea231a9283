"""How the parsing child answers: JSON for the texts, bytes for the files, never pickle (threats: N02).

Whoever takes over the child may write anything here: what is read is checked against the fields of
``Understood``, one by one, and whatever does not fit makes the mail unreadable.
"""

import json
import types
from dataclasses import fields
from datetime import datetime
from typing import Any, get_args, get_origin, get_type_hints

from .limits import MAX_TEXT
from .model import MailFile, Understood

MAX_ITEMS = 65_536  # of one list: a header of 64 KB names fewer
MAX_HEADER_BYTES = 64 * 1024 * 1024
_HINTS: dict[type, dict[str, Any]] = {kind: get_type_hints(kind) for kind in (MailFile, Understood)}


class Malformed(Exception):
    """The answer is not one that our own code produces."""


def encode(mail: Understood) -> tuple[bytes, list[bytes]]:
    """Return a mail as JSON, and the bytes of its files apart, in the same order."""
    blobs: list[bytes] = []
    return json.dumps({"mail": _plain(mail, blobs)}).encode(), blobs


def _plain(value: Any, blobs: list[bytes]) -> Any:
    if isinstance(value, bytes):
        blobs.append(value)
        return len(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(each, blobs) for each in value]
    if isinstance(value, (MailFile, Understood)):
        return {field.name: _plain(getattr(value, field.name), blobs) for field in fields(value)}
    return value


def decode(header: object, blobs: memoryview) -> Understood:
    """Build the mail that the JSON and the bytes describe; raises Malformed."""
    rest = _Blobs(blobs)
    mail = _convert(header, Understood, rest)
    if rest.left or not isinstance(mail, Understood):
        raise Malformed
    return mail


def blob_sizes(header: object) -> int:
    """Return the announced number of bytes that follow the JSON; raises Malformed."""
    files = header.get("files") if isinstance(header, dict) else None
    sizes = [file.get("data") if isinstance(file, dict) else None for file in files or ()]
    if any(type(size) is not int or size < 0 for size in sizes):
        raise Malformed
    return sum(size for size in sizes if type(size) is int)


class _Blobs:
    """The bytes of files, taken in the order in which they are named."""

    def __init__(self, data: memoryview) -> None:
        self.left = data

    def take(self, size: object) -> bytes:
        if type(size) is not int or not 0 <= size <= len(self.left):
            raise Malformed
        taken, self.left = bytes(self.left[:size]), self.left[size:]
        return taken


def _convert(value: object, hint: Any, blobs: _Blobs) -> Any:
    """Return the value converted to the declared type of its field."""
    if hint is bytes:
        return blobs.take(value)
    if hint is str:
        return _text(value)
    if hint in (bool, int, type(None)):
        return _exactly(value, hint)
    if hint is datetime:
        return _instant(value)
    if isinstance(hint, types.UnionType):
        return None if value is None else _convert(value, get_args(hint)[0], blobs)
    if get_origin(hint) is tuple:
        return _list(value, get_args(hint), blobs)
    return _record(value, hint, blobs)


def _exactly(value: object, kind: type) -> Any:
    if type(value) is not kind:
        raise Malformed
    return value


def _text(value: object) -> str:
    """Return a text that the database can store, no longer than the parser's limit."""
    text: str = _exactly(value, str)
    if len(text) > MAX_TEXT or "\0" in text:
        raise Malformed
    try:
        text.encode()
    except UnicodeEncodeError as error:  # a lone surrogate
        raise Malformed from error
    return text


def _instant(value: object) -> datetime:
    try:
        at = datetime.fromisoformat(_exactly(value, str))
    except ValueError as error:
        raise Malformed from error
    if at.tzinfo is None:
        raise Malformed
    return at


def _list(value: object, kinds: tuple[Any, ...], blobs: _Blobs) -> tuple[Any, ...]:
    items: list[object] = _exactly(value, list)
    is_open = len(kinds) == 2 and kinds[1] is Ellipsis
    if len(items) > MAX_ITEMS or (not is_open and len(items) != len(kinds)):
        raise Malformed
    wanted = [kinds[0]] * len(items) if is_open else kinds
    return tuple(_convert(item, kind, blobs) for item, kind in zip(items, wanted, strict=True))


def _record(value: object, kind: type, blobs: _Blobs) -> Any:
    hints, record = _HINTS[kind], _exactly(value, dict)
    if set(record) != set(hints):
        raise Malformed
    return kind(**{name: _convert(record[name], hint, blobs) for name, hint in hints.items()})
