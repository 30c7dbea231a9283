"""Who wrote the mail that is forwarded: read from the block that the program of the forwarder wrote."""

from . import markers
from .addresses import read_mailboxes

MAX_LOOKED_AT = 400  # lines in which the block is looked for


def written_by(text: str, *, subject: str) -> tuple[str, str]:
    """Address and name of the first author; both "" when nothing is forwarded, or nobody is named."""
    is_forward = bool(markers.FORWARD_SUBJECT.match(subject))
    lines = text.split("\n")[:MAX_LOOKED_AT]
    for at, line in enumerate(lines):
        kind = markers.separator(line) if line.strip() else ""
        if kind == "forwarded" or (kind == "original" and is_forward):
            return _author(lines[at + 1 : at + 15])
        if is_forward and markers.header_block(lines, at):
            return _author(lines[at : at + 15])
    return "", ""


def _author(lines: list[str]) -> tuple[str, str]:
    for line in lines:
        if markers.is_author(line):
            boxes = read_mailboxes(line.partition(":")[2].replace("[mailto:", "<").replace("]", ">").encode())
            return next(((box.address, box.name) for box in boxes if box.address), ("", ""))
    return "", ""
