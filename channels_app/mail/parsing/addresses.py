"""Addresses as people and machines write them; nothing here ever raises."""

import re
from dataclasses import dataclass

from requests_app.lib.text import remove_unseen

from .limits import MAX_ADDRESSES
from .words import FOLDS, decode_header, one_line

ANGLE = re.compile(rb"<([^<>]{0,1000})>")
BARE = re.compile(rb"[^\s<>\"(),:;\[\]]{1,200}@[^\s<>\"(),:;@]{1,255}")
USABLE = re.compile(
    r"(?:[^\s<>@\"(),:;\[\]\\]{1,100}|\"[^\"\r\n]{1,100}\")@(?:[\w](?:[\w.-]*[\w])?|\[[\d.:a-fA-F]+\])"
)
MAX_NAME_BEGUN = 60  # bytes before a comma that may be a family name
AROUND_POINTS = re.compile(r"(?<!\s)\s*+([@.])\s*+")
BETWEEN = re.compile(rb"[,;]")
ESCAPED = re.compile(rb"\\(.)")
COMMENT = re.compile(rb"\([^()]{0,500}\)")


@dataclass(frozen=True, slots=True)
class Mailbox:
    name: str
    address: str  # lower case


def read_mailboxes(field: bytes, hint: str = "") -> list[Mailbox]:
    """Return the usable mailboxes of a field, in order."""
    field = FOLDS.sub(b" ", field)
    found = [_mailbox(piece, hint) for piece in _whole_names(_split(field)[:MAX_ADDRESSES])]
    boxes = [box for box in found if box]
    if not boxes and b"=?" in field:  # the address itself was encoded
        decoded = decode_header(field, hint).encode("utf-8", "replace")
        boxes = [box for piece in _split(decoded)[:MAX_ADDRESSES] if (box := _mailbox(piece, hint))]
    return boxes


def usable(address: str) -> str | None:
    """Return the address in lower case when it can be answered, else None."""
    address = remove_unseen(address) if len(address) < 400 else ""
    address = AROUND_POINTS.sub(r"\1", address.strip(" \t\r\n<>'\""))
    address = address.strip(".")
    return address.lower() if USABLE.fullmatch(address) else None


def _split(field: bytes) -> list[bytes]:
    """Cut at commas and semicolons that are neither in quotes, nor in brackets, nor in comments."""
    if b'"' not in field and b"(" not in field and b"<" not in field:
        return BETWEEN.split(field)
    pieces, start, quoted, angle, depth = [], 0, False, False, 0
    for at, byte in enumerate(field):
        if byte == 0x22 and field[at - 1 : at] != b"\\":
            quoted = not quoted
        elif quoted:
            continue
        elif byte in b"<>":
            angle = byte == 0x3C
        elif byte in b"()":
            depth = max(0, depth + (1 if byte == 0x28 else -1))
        elif byte in b",;" and not angle and not depth:
            pieces.append(field[start:at])
            start = at + 1
    return [*pieces, field[start:]]


def _whole_names(pieces: list[bytes]) -> list[bytes]:
    """Join « Kacimi, Nour <n@x.fr> », written without the quotes that its comma asks for."""
    whole: list[bytes] = []
    begun = b""
    for piece in pieces:
        is_name_only = 0 < len(piece.strip()) <= MAX_NAME_BEGUN and not any(
            sign in piece for sign in b'@<>:"'
        )
        if begun and ANGLE.search(piece) and piece.partition(b"<")[0].strip():
            piece = begun + b"," + piece
        elif begun:
            whole.append(begun)
        begun = piece if is_name_only else b""
        if not begun:
            whole.append(piece)
    return [*whole, begun] if begun else whole


def _mailbox(piece: bytes, hint: str) -> Mailbox | None:
    angles = ANGLE.findall(piece)
    if angles:
        address = next((a for raw in reversed(angles) if (a := usable(_plain(raw)))), None)
        before = piece[: piece.rfind(b"<")]
        return Mailbox(_name(before, hint), address) if address else None
    found = BARE.search(COMMENT.sub(b" ", piece))
    address = usable(_plain(found[0])) if found else None
    if not address:
        return None
    comment = COMMENT.search(piece)
    return Mailbox(_name(comment[0][1:-1], hint) if comment else "", address)


def _plain(raw: bytes) -> str:
    """Drop the old route (`@a,@b:user@host`) and the `mailto:` some programs add."""
    text = decode_header(raw)
    return text.rpartition(":")[2] if text.lower().startswith("mailto:") or text.startswith("@") else text


def _name(raw: bytes, hint: str) -> str:
    raw = raw.strip()
    if raw.startswith(b'"') and raw.endswith(b'"') and len(raw) > 1:
        raw = ESCAPED.sub(rb"\1", raw[1:-1])
    return one_line(decode_header(raw, hint)).strip(" \"'")[:200]
