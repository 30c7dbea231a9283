"""Outlook's rich text, converted to text or HTML (MS-OXRTFEX)."""

import re
from dataclasses import dataclass

from . import compression
from .charsets import decode

MAX_TOKENS = 200_000  # less than half a second
MAX_GROUPS = 200  # nested
TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])"
    rb"|[\r\n]+|([^\\{}\r\n]{1,4096})|\\"
)
# Groups without text.
UNREAD = {
    *(b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"header", b"footer", b"headerl"),
    *(
        b"headerr",
        b"footerl",
        b"footerr",
        b"listtable",
        b"listoverridetable",
        b"rsidtbl",
        b"generator",
        b"fldinst",
    ),
    *(
        b"themedata",
        b"datastore",
        b"latentstyles",
        b"xmlnstbl",
        b"filetbl",
        b"revtbl",
        b"mhtmltag",
        b"nonshppict",
    ),
}
SIGNS = {
    **{b"par": "\n", b"line": "\n", b"row": "\n", b"sect": "\n", b"page": "\n", b"tab": "\t", b"cell": "\t"},
    **{b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•", b"endash": "–"},
    **{b"emdash": "—", b"emspace": " ", b"enspace": " "},
}
SYMBOLS = {b"~": "\xa0", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}", b"\n": "\n", b"\r": "\n"}


@dataclass(frozen=True, slots=True)
class Body:
    """One of both is empty: HTML is set when the text was made from HTML."""

    text: str = ""
    html: str = ""


def read_compressed(data: bytes) -> Body:
    return read_rtf(compression.unpack(data))


def read_rtf(data: bytes) -> Body:
    """Return the text; HTML encapsulated in rich text (MS-OXRTFEX) is returned as HTML."""
    if data.lstrip()[:5] != b"{\\rtf":
        return Body()
    is_html = b"\\fromhtml1" in data[:2000]
    words = _Words(is_html=is_html).read(data[: compression.MAX_TEXT])
    return Body(html=words) if is_html else Body(text=words.strip())


@dataclass(slots=True)
class _Group:
    is_unread: bool = False
    is_tag: bool = False  # of HTML
    is_rich: bool = False  # replaces the HTML for readers of rich text
    after_unicode: int = 1  # characters that repeat a Unicode letter for old readers


class _Words:
    def __init__(self, *, is_html: bool) -> None:
        self.is_html, self.code_page = is_html, "cp1252"
        self.out: list[str] = []
        self.bytes = bytearray()
        self.groups = [_Group()]
        self.is_starred = False
        self.to_skip = 0

    def read(self, data: bytes) -> str:
        at = 0
        for _ in range(MAX_TOKENS):
            token = TOKEN.match(data, at)
            if not token:
                break
            at = token.end()
            if token[1] == b"bin":
                at += max(0, int(token[2] or 0))
            elif token[1]:
                self._control(token[1], int(token[2]) if token[2] else None)
            elif token[5]:
                self._brace(token[5])
            else:
                self._letters(token)
        self._flush()
        return _join(self.out)

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self.is_starred, self.to_skip = False, 0
        top = self.groups[-1]
        if brace == b"}":
            self.groups = self.groups[:-1] or [_Group()]
        elif len(self.groups) < MAX_GROUPS:
            self.groups.append(_Group(top.is_unread, top.is_tag, top.is_rich, top.after_unicode))

    def _letters(self, token: re.Match[bytes]) -> None:
        _word, _number, code, symbol, _brace, letters = token.groups()
        if symbol == b"*":
            self.is_starred = True
        elif code:
            self._byte(int(code, 16))
        elif symbol in SYMBOLS:
            self._write(SYMBOLS[symbol])
        elif letters:
            skipped = letters[self.to_skip :]
            self.to_skip = max(0, self.to_skip - len(letters))
            self._write(decode(skipped, self.code_page))

    def _byte(self, value: int) -> None:
        if self.to_skip:
            self.to_skip -= 1
        elif self._is_read():
            self.bytes.append(value)

    def _control(self, word: bytes, number: int | None) -> None:
        top = self.groups[-1]
        if self.is_starred or word in UNREAD:
            top.is_unread = top.is_unread or word != b"htmltag"
            top.is_tag = word == b"htmltag"
            self.is_starred = False
        elif word == b"htmlrtf":
            self._flush()
            top.is_rich = number != 0
        elif word == b"ansicpg" and number:
            self.code_page = f"cp{number}"
        elif word == b"uc":
            top.after_unicode = min(max(number or 0, 0), 10)
        elif word == b"u" and number is not None:
            self._write(chr(number % 0x10000))
            self.to_skip = top.after_unicode
        elif word in SIGNS:
            self._write(SIGNS[word])

    def _is_read(self) -> bool:
        top = self.groups[-1]
        return not top.is_unread and (top.is_tag or not (self.is_html and top.is_rich))

    def _write(self, text: str) -> None:
        self._flush()
        if self._is_read():
            self.out.append(text)

    def _flush(self) -> None:
        if self.bytes:
            self.out.append(decode(bytes(self.bytes), self.code_page))
            self.bytes.clear()


def _join(pieces: list[str]) -> str:
    """Join pieces; a character outside the BMP comes as two separate surrogates."""
    units = "".join(pieces).encode("utf-16-le", "surrogatepass")
    return units.decode("utf-16-le", "ignore").replace("\x00", "")
