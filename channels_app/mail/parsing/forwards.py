"""The author of a forwarded mail, from the block that the forwarder's program wrote."""

from . import header_blocks, markers, separators
from .addresses import read_mailboxes

MAX_LOOKED_AT = 400  # lines in which the block is searched


def written_by(text: str, *, subject: str) -> tuple[str, str]:
    """Return address and name of the first author; both "" when nothing is forwarded, or nobody named."""
    is_forward = bool(separators.FORWARD_SUBJECT.match(subject))
    lines = _start(text)
    for at, line in enumerate(lines):
        kind = separators.separator(line) if line.strip() else ""
        if kind == "forwarded" or (kind == "original" and is_forward):
            return _author(lines[at + 1 : at + 15])
        if is_forward and header_blocks.header_block(lines, at):
            return _author(lines[at : at + 15])
    return "", ""


def is_forward(text: str, *, subject: str) -> bool:
    """Return whether its text, or part of it, is somebody else's."""
    lines = _start(text)
    return bool(separators.FORWARD_SUBJECT.match(subject)) or any(
        separators.separator(line) == "forwarded" for line in lines if line.strip()
    )


def _start(text: str) -> list[str]:
    lines = text.split("\n", MAX_LOOKED_AT)[:MAX_LOOKED_AT]
    return [part for line in lines for part in markers.split_glued(line)]


def _author(lines: list[str]) -> tuple[str, str]:
    for line in lines:
        if header_blocks.is_author(line):
            boxes = read_mailboxes(line.partition(":")[2].replace("[mailto:", "<").replace("]", ">").encode())
            return next(((box.address, box.name) for box in boxes if box.address), ("", ""))
    return "", ""
