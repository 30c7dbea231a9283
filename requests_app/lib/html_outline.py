"""Turn a stream of words and tags into lines: how HTML becomes plain text."""

import html
import re

BLOCKS = {
    *("address", "article", "aside", "blockquote", "caption", "center", "dd", "details", "div", "dl", "dt"),
    *(
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
    ),
    *("ol", "p", "pre", "section", "summary", "table", "tr", "ul"),
}
SPACED = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote"}
BLANKS = re.compile(r"[ \t\r\n\f\xa0]+")
MAX_QUOTES = 10  # `> ` before a line
QUOTE = "quote"  # attribute left on an element that a mail program marks as a quotation
RULE = "_" * 32  # as Outlook writes it in its own texts
VOID = {"br", "hr"}


class Writer:
    """Puts words into lines as a browser would, roughly."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.current: list[str] = []
        self.quotes = 0
        self.preformatted = 0
        self.opened: list[int | None] = []  # for each element, where its quote starts
        self.is_in_quote = False

    def words(self, escaped: str) -> None:
        if not escaped:
            return
        text = html.unescape(escaped)
        if self.preformatted:
            first, *others = text.split("\n")
            self.current.append(first)
            for line in others:
                self.end_line()
                self.current.append(line)
            return
        text = BLANKS.sub(" ", text)
        if text != " " or self.current:
            self.current.append(text)

    def tag(self, name: str, *, is_end: bool, is_quote: bool = False) -> None:
        if name in ("td", "th"):
            self.current.append(" ")
        else:
            self._break(name, is_end=is_end)
        if is_end and self.opened:
            self._end_quote(self.opened.pop())
        elif name not in VOID:
            self._open(starts_quote=is_quote and not self.quotes and not self.is_in_quote)

    def _open(self, *, starts_quote: bool) -> None:
        self.opened.append(len(self.lines) if starts_quote else None)
        self.is_in_quote = self.is_in_quote or starts_quote

    def _end_quote(self, start: int | None) -> None:
        """Mark what a program said is quoted, unless marks or a forwarding title already say so."""
        if start is None:
            return
        self.is_in_quote = False
        lines = self.lines[start:]
        first = next((line for line in lines if line.strip()), "")
        if not first.startswith("--") and not any(line.startswith(">") for line in lines):
            self.lines[start:] = [f"> {line}".rstrip() for line in lines]

    def _break(self, name: str, *, is_end: bool) -> None:
        if self.current or name == "br":
            self.end_line()
        if name == "hr" and not is_end:
            self.lines.append(self.prefix() + RULE)
        if name == "blockquote" and is_end:
            self.quotes = max(0, self.quotes - 1)
        if name in SPACED and self.lines and self.lines[-1].strip("> "):
            self.lines.append(self.prefix().rstrip())
        if name == "blockquote" and not is_end:
            self.quotes += 1
        if name == "pre":
            self.preformatted = max(0, self.preformatted + (-1 if is_end else 1))
        if name == "li" and not is_end:
            self.current.append("- ")

    def prefix(self) -> str:
        return "> " * min(self.quotes, MAX_QUOTES)

    def end_line(self) -> None:
        line = "".join(self.current)
        self.current = []
        self.lines.append((self.prefix() + (line.rstrip() if self.preformatted else line.strip())).rstrip())

    def result(self) -> str:
        if self.current:
            self.end_line()
        return "\n".join(self.lines).strip()
