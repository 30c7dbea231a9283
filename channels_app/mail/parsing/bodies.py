"""The body of a mail: chooses among its parts, and says which other parts are files."""

import html
from collections.abc import Iterable
from dataclasses import dataclass, field

from requests_app.lib.html import html_to_text

from .alternatives import read_both
from .envelopes import open_envelopes
from .tree import Part

TEXTS = ("text/plain", "text/html", "text/enriched", "text/richtext")
NEVER_SHOWN = ("text/x-amp-html", "text/watch-html")
MAX_LETTER = 64_000  # bytes: a longer file is not a message


@dataclass(slots=True)
class Segment:
    """A piece of the body, as text, HTML or both."""

    plain: str = ""
    html: str = ""
    placeholder: str = ""  # a plain text that only says to read the HTML

    def as_text(self) -> str:
        return self.plain if self.plain.strip() else html_to_text(self.html)

    def as_html(self) -> str:
        if self.html.strip():
            return self.html
        return f"<p>{html.escape(self.plain.strip())}</p>".replace("\n", "<br>\n")


@dataclass(slots=True)
class Bodies:
    segments: list[Segment] = field(default_factory=list)
    files: list[Part] = field(default_factory=list)

    def words(self) -> str:
        """Return what the person wrote, without what their program added."""
        return _paragraphs(segment.as_text() for segment in self.segments)

    def text(self) -> str:
        """Return the whole text: the placeholders too, at the end."""
        return _paragraphs((self.words(), *(segment.placeholder for segment in self.segments)))

    def html(self) -> str:
        if not any(segment.html.strip() for segment in self.segments):
            return ""
        return "\n".join(s.as_html() for s in self.segments if s.html.strip() or s.plain.strip())


def read_bodies(root: Part) -> Bodies:
    """Sort the parts of a mail into body and attachments."""
    bodies = Bodies()
    bodies.segments = _segments(root, bodies.files, root)
    if not any(s.plain.strip() or s.html.strip() for s in bodies.segments):
        _promote(bodies)
    for envelope in open_envelopes(bodies.files):
        if not bodies.words():
            envelope.open_rich()
            bodies.segments.append(Segment(plain=envelope.text, html=envelope.html))
    if not bodies.segments:
        _read_letter(bodies)
    return bodies


def _paragraphs(texts: Iterable[str]) -> str:
    return "\n\n".join(text.strip("\n") for text in texts if text.strip())


def _segments(part: Part, files: list[Part], root: Part) -> list[Segment]:
    if part.children:
        return _multipart_segments(part, files, root)
    if part.type.startswith("multipart/") or part.type in NEVER_SHOWN:
        return []
    if _is_file(part, is_root=part is root):
        files.append(part)
        return []
    return [_segment(part)]


def _multipart_segments(part: Part, files: list[Part], root: Part) -> list[Segment]:
    branches = [_segments(child, files, root) for child in part.children]
    if part.type != "multipart/alternative":
        return [segment for branch in branches for segment in branch]
    plain = next((b for b in branches if any(s.plain.strip() for s in b)), [])
    rich = next((b for b in reversed(branches) if any(s.html.strip() for s in b)), [])
    if plain is rich:
        return plain
    text, markup = "\n\n".join(s.as_text() for s in plain), "\n".join(s.as_html() for s in rich)
    said = read_both(text, markup)
    return [Segment(plain=said.text, html=markup, placeholder=said.placeholder)]


def _is_file(part: Part, *, is_root: bool) -> bool:
    if part.disposition.value == "attachment":
        return True
    if part.type not in TEXTS:
        return True
    return bool(part.file_name()) and not is_root


def _promote(bodies: Bodies) -> None:
    """Read a text sent as a file when nothing else can be read, unless it is a named attachment."""
    for part in bodies.files:
        if _is_named_attachment(part) or part.type not in TEXTS or not part.data().strip():
            continue
        bodies.files.remove(part)
        bodies.segments.append(_segment(part))
        return


def _read_letter(bodies: Bodies) -> None:
    """Read the only text of a mail without a text part, though it was sent as a file; it stays a file."""
    texts = [part for part in bodies.files if part.type in TEXTS]
    if len(texts) == 1 and len(texts[0].data()) <= MAX_LETTER:
        bodies.segments.append(_segment(texts[0]))


def _segment(part: Part) -> Segment:
    text = part.text()
    return Segment(html=text) if part.type == "text/html" else Segment(plain=text)


def _is_named_attachment(part: Part) -> bool:
    return part.disposition.value == "attachment" and bool(part.file_name())
