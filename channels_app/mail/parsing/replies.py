"""The part of a reply that its author wrote: no quote, no signature; never empty."""

from . import announcements, header_blocks, markers, separators
from .lines import is_quoted
from .signatures import drop_signature, has_words

MAX_LOOKED_AT = 5_000  # lines of a mail in which the start of a quote is searched
MAX_ANNOUNCEMENT = 14  # lines of a quoted header


def visible(text: str, *, subject: str = "") -> str:
    """Return what the author wrote; a forwarded mail is returned in full, and so is a mere quote."""
    if separators.FORWARD_SUBJECT.match(subject):
        return text.strip()
    lines = [part for line in text.split("\n") for part in markers.split_glued(line)]
    blocks = _own_blocks(lines)
    if blocks is None:
        return text.strip()
    cleaned: list[str] = []
    for block in blocks:
        kept = "\n".join(drop_signature(block, is_first=not cleaned)).strip("\n")
        if kept.strip():
            cleaned.append(kept)
    visible_text = "\n\n".join(cleaned).strip()
    return visible_text if has_words([visible_text]) else text.strip()


def _own_blocks(lines: list[str]) -> list[list[str]] | None:
    """Cut the text at its quotes; None when it must stay whole."""
    blocks: list[list[str]] = [[]]
    at, looked_at, has_own = 0, 0, False  # whether a block above the last one has words
    last = next(
        (number for number in range(len(lines) - 1, -1, -1) if has_words(lines[number : number + 1])), 0
    )
    while at < len(lines):
        if is_quoted(lines[at]) and not separators.GROUPWISE.fullmatch(lines[at][:250]):
            end = _end_of_marks(lines, at)
            has_own = has_own or has_words(blocks[-1])
            if has_own and _is_quote_without_marks(lines, at, end, last):
                return _drop_rule(blocks)
            _open_next(_drop_rule(blocks))
            at = end
            continue
        looked_at += bool(lines[at].strip())
        kind, length = _marker(lines, at) if looked_at <= MAX_LOOKED_AT else ("", 0)
        if kind == "forwarded":
            return None
        if not kind:
            blocks[-1].append(lines[at])
            at += 1
            continue
        at += length
        has_own = has_own or has_words(blocks[-1])
        if kind != "announcement" or not _is_answered_below(lines, at, has_own=has_own):
            return _drop_rule(blocks)
        _open_next(_drop_rule(blocks))
    return blocks


def _open_next(blocks: list[list[str]]) -> None:
    """Begin another block, replacing an empty one."""
    if not blocks[-1]:
        blocks.pop()
    blocks.append([])


def _end_of_marks(lines: list[str], at: int) -> int:
    while at < len(lines) and is_quoted(lines[at]):
        at += 1
    return at


def _is_quote_without_marks(lines: list[str], at: int, end: int, last: int) -> bool:
    """Return whether a program marked « > Message du … > De : … » and not what follows."""
    return end - at < MAX_ANNOUNCEMENT and last >= end and markers.announces_only(lines[at:end])


def _marker(lines: list[str], at: int) -> tuple[str, int]:
    """Return the marker at a line, with the number of lines it takes."""
    line = lines[at]
    if not line.strip():
        return "", 0
    if separators.REPLY_ABOVE.search(line[:200]):
        return "above", 1
    separated = separators.separator(line)
    if separated:
        return separated, 1
    if header_blocks.header_block(lines, at):
        return "headers", 1
    length = announcements.announcement(lines, at)
    return ("announcement", length) if length else ("", 0)


def _is_answered_below(lines: list[str], at: int, *, has_own: bool) -> bool:
    """Return whether answers may follow « Le … a écrit : »: below marked quotes; else all is quote."""
    following = next((line for line in lines[at : at + 10] if line.strip()), "")
    return is_quoted(following) or not has_own


def _drop_rule(blocks: list[list[str]]) -> list[list[str]]:
    """Drop the line of dashes or underscores, or the title, above the quote."""
    last = blocks[-1]
    while last and (not last[-1].strip() or separators.RULE.match(last[-1]) or separators.is_title(last[-1])):
        last.pop()
    return blocks
