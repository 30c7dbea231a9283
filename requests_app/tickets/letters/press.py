"""Letters on paper: a tagged PDF made of a template of ours, and of words it only shows (threats: W16).

Typst reads files of its own folder alone and imports no package; what a person wrote reaches it as strings of
JSON, which it never reads as a program.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from unicodedata import category

import typst
from django.utils.translation import gettext as _

FOLDER = Path(__file__).resolve().parent
TEMPLATE = FOLDER / "letter.typ"
TURNS = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # marks of direction
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


def pressed(papers: Sequence[Paper], *, author: str) -> bytes:
    """One PDF of all these letters, each on its own page; ValueError when there is none."""
    if not papers:
        raise ValueError("no letter to print")
    title = papers[0].subject if len(papers) == 1 else _("Courriers à imprimer")
    made = typst.compile(  # type: ignore[call-overload]  # its types forget PDF/UA-1
        str(TEMPLATE),
        root=str(FOLDER),
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=[STANDARD],
        package_path=str(FOLDER),
        sys_inputs={
            "letters": json.dumps([_plain(asdict(paper)) for paper in papers]),
            "title": _shown(title),
            "author": _shown(author),
        },
    )
    assert isinstance(made, bytes)
    return made


def _plain(values: dict[str, str | list[str]]) -> dict[str, str | list[str]]:
    return {
        name: _shown(value) if isinstance(value, str) else [_shown(line) for line in value]
        for name, value in values.items()
    }


def _shown(text: str) -> str:
    """Without the signs that would write a line backwards, nor those no printer knows."""
    return "".join(sign for sign in text if sign == "\n" or (sign not in TURNS and category(sign) != "Cc"))
