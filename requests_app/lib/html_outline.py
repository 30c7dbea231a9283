"""Lines out of a stream of words and tags: how HTML becomes plain text."""

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


class Writer:
    """Puts words into lines as a browser would, roughly."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.current: list[str] = []
        self.quotes = 0
        self.preformatted = 0

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

    def tag(self, name: str, *, is_end: bool) -> None:
        if name in ("td", "th"):
            self.current.append(" ")
            return
        if self.current or name == "br":
            self.end_line()
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
