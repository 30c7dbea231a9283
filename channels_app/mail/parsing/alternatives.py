"""A plain text and an HTML that should say the same: what to read when they do not."""

import re
from dataclasses import dataclass

from requests_app.lib.html import html_to_text

LOOKED_AT = 40_000  # characters of each
RUN = 5  # consecutive letters: comparable in any language, however the lines are folded
ENOUGH = 30  # runs that only the HTML has, some six words
MAX_PLACEHOLDER = 400  # characters
# « Your program cannot show this message », « View in a browser »: what a program writes for another.
PLACEHOLDER = re.compile(
    r"(?i)\bhtml\b|affich|visualis|navigateur|browser|webversion|en ligne|online|multi-?part|mime|messagerie"
    r"|client (?:de |mail|messag)|(?:mail|message|messaging) (?:client|reader|program)|mailprogramm"
    r"|\b(?:display|view|read|see|voir|lire|anzeig|darstell|ver|vedere|lezen|bekijk|weerge)\w{0,5} .{0,40}"
    r"(?:messag|mail|nachricht|mensaje|mensagem|messaggio|bericht)"
)


@dataclass(frozen=True, slots=True)
class PlainText:
    text: str
    placeholder: str = ""


def read_both(plain: str, html: str) -> PlainText:
    """Return the plain text, unless it lacks the words of the HTML: nothing of either is lost."""
    if not plain.strip() or not html.strip():
        return PlainText(plain)
    rendered = html_to_text(html)
    shown = _runs(rendered)
    missing = len(shown - _runs(plain))
    if missing < ENOUGH or missing * 2 < len(shown):
        return PlainText(plain)
    if _is_placeholder(plain):
        return PlainText(rendered, plain)
    return PlainText(f"{plain.rstrip()}\n\n{rendered}")


def _is_placeholder(plain: str) -> bool:
    text = " ".join(plain.split())
    return len(text) < MAX_PLACEHOLDER and bool(PLACEHOLDER.search(text))


def _runs(text: str) -> set[str]:
    letters = "".join(sign for sign in text[:LOOKED_AT].casefold() if sign.isalnum())
    return {letters[at : at + RUN] for at in range(len(letters) - RUN + 1)}
