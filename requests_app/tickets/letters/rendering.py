"""Printed letters, as a tagged PDF."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import typst
from django.utils.translation import gettext as _

from requests_app.tickets.letters.drawable import SURE, replace_unprintable
from requests_app.tickets.letters.typesetting import tagged_pdf

FOLDER = Path(__file__).resolve().parent
TEMPLATE = FOLDER / "letter.typ"


@dataclass(frozen=True, slots=True)
class Paper:
    """One letter, line by line; ``who`` begins with a name."""

    who: list[str]
    to: list[str]
    day: str
    subject: str
    paragraphs: list[str]
    signature: list[str]
    language: str = "fr"
    foot: str = ""


def render_pdf(papers: Sequence[Paper], *, author: str) -> bytes:
    """Render one PDF of all these letters, each starting a page; ValueError when there is none."""
    if not papers:
        raise ValueError("no letter to print")
    title = papers[0].subject if len(papers) == 1 else _("Courriers à imprimer")
    try:
        return _compile(papers, title, author, replace_unprintable)
    except (
        typst.TypstError
    ):  # each character has a font, but not their combination: a Hebrew point on a Greek letter
        return _compile(papers, title, author, lambda text: replace_unprintable(text, SURE))


def _compile(papers: Sequence[Paper], title: str, author: str, shown: Callable[[str], str]) -> bytes:
    inputs = {
        "letters": json.dumps([_plain(asdict(paper), shown) for paper in papers]),
        "title": shown(title),
        "author": shown(author),
    }
    return tagged_pdf(TEMPLATE, inputs)


def _plain(values: dict[str, str | list[str]], shown: Callable[[str], str]) -> dict[str, str | list[str]]:
    return {
        name: shown(value) if isinstance(value, str) else [shown(line) for line in value]
        for name, value in values.items()
    }
