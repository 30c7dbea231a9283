"""What people say about being called: shown beside a danger, for the agent who calls (ux.md, 11)."""

import re

from requests_app.lib.text import words

MAX_READ = 20_000
MAX_SENTENCES = 2
MAX_LENGTH = 220
BEFORE = 40  # characters shown before the first word about a call, in a long sentence
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
_WORD = re.compile(r"\w+")
_CALLS = (
    *("appele", "appell", "rappele", "rappell", "telephon", "joindre", "joign", "contact", "repond"),
    *("vocal", "message", "sonn", "numero", "portable", "call", "phone", "ring", "text", "voicemail"),
)
_OUR_NUMBER = re.compile(r"^\s*Numéro\s*:")


def said_of_calls(text: str) -> str:
    """Return the sentences about calling or writing back, in the person's own words; "" when there are
    none.
    """
    found = [_shorten(sentence) for sentence in _SENTENCE.findall(text[:MAX_READ]) if _speaks(sentence)]
    return " ".join(found[:MAX_SENTENCES])


def _speaks(sentence: str) -> bool:
    return not _OUR_NUMBER.match(sentence) and any(word.startswith(_CALLS) for word in words(sentence))


def _shorten(sentence: str) -> str:
    line = " ".join(sentence.split())
    if len(line) <= MAX_LENGTH:
        return line
    first = next((word.start() for word in _WORD.finditer(line) if _speaks(word[0])), 0)
    start = max(0, first - BEFORE)
    piece = line[start : start + MAX_LENGTH - 2]
    return ("…" if start else "") + piece + ("…" if start + len(piece) < len(line) else "")
