"""Letters on paper: a tagged PDF made of a template of ours, and of words it only shows (threats: W16).

Typst reads files of its own folder alone and imports no package; what a person wrote reaches it as strings of
JSON, which it never reads as a program.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import typst
from django.utils.translation import gettext as _

from requests_app.tickets.letters.drawable import SURE, drawable

FOLDER = Path(__file__).resolve().parent
TEMPLATE = FOLDER / "letter.typ"
STANDARD = "ua-1"  # PDF/UA-1: tagged, titled, readable by a screen reader


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


def pressed(papers: Sequence[Paper], *, author: str) -> bytes:
    """One PDF of all these letters, each on its own page; ValueError when there is none."""
    if not papers:
        raise ValueError("no letter to print")
    title = papers[0].subject if len(papers) == 1 else _("Courriers à imprimer")
    try:
        return _compiled(papers, title, author, drawable)
    except (
        typst.TypstError
    ):  # signs that each have a font, and together none: a Hebrew point on a Greek letter
        return _compiled(papers, title, author, lambda text: drawable(text, SURE))


def _compiled(papers: Sequence[Paper], title: str, author: str, shown: Callable[[str], str]) -> bytes:
    made = typst.compile(  # type: ignore[call-overload]  # its types forget PDF/UA-1
        str(TEMPLATE),
        root=str(FOLDER),
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=[STANDARD],
        package_path=str(FOLDER),
        sys_inputs={
            "letters": json.dumps([_plain(asdict(paper), shown) for paper in papers]),
            "title": shown(title),
            "author": shown(author),
        },
    )
    assert isinstance(made, bytes)
    return made


def _plain(values: dict[str, str | list[str]], shown: Callable[[str], str]) -> dict[str, str | list[str]]:
    return {
        name: shown(value) if isinstance(value, str) else [shown(line) for line in value]
        for name, value in values.items()
    }
