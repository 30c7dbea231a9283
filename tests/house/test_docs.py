"""What the guides name exists: files, functions, classes (decisions and the changelog tell of their day)."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.house.sources import DOCS, PYTHON, ROOT, name, prose_of

GUIDES = [
    page
    for page in (ROOT / "README.md", *DOCS)
    if "decisions" not in page.parts and page.name != "changelog.md"
]
ABOUT_CODE = ("newcomer.md", "adding.md", "channels.md", "vocabulary.md", "contributing.md")
CODE = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"[\w.-]+(?:/[\w.-]+)*/?")
SUFFIXES = (".py", ".html", ".css", ".js", ".toml", ".yml", ".md", "/")
CAMEL = re.compile(r"\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\b")
CALL = re.compile(r"(?<![\w.])(?:\w+\.)*([A-Za-z_]\w*)\(")
DOTTED = re.compile(r"(\w+(?:\.\w+)*)\.([A-Za-z_]\w*)")
DEFINED = re.compile(r"(?:^[ \t]*|\b(?:def|class|import)[ \t]|[.,(][ \t]?)([A-Za-z_]\w*)", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
LOCAL = ("var/", "run/", ".venv/", "../", "/")  # made at run time, or outside
OTHERS = frozenset({"_fragment.html", "templates/ROOM/page.html", "segments.js", "log/"})  # shapes, not files


@cache
def _paths() -> frozenset[str]:
    """Every end of the path of every file and folder: docs name them from where the reader is."""
    folders = ("bin", "docs", "gru", "requests_app", "channels_app", "templates", "static", "tests", "locale")
    files = [*ROOT.iterdir(), *(file for folder in folders for file in (ROOT / folder).rglob("*"))]
    parts = (file.relative_to(ROOT).parts for file in files)
    return frozenset("/".join(each[at:]) for each in parts for at in range(len(each)))


@cache
def _defined() -> frozenset[str]:
    """What the code defines, imports or assigns, as far as its lines show it."""
    return frozenset(
        found[1]
        for file in PYTHON
        if "house" not in file.parts
        for found in DEFINED.finditer(file.read_text())
    )


def _missing_paths(code: str) -> Iterator[str]:
    path = code.partition("::")[0]
    is_path = PATH.fullmatch(path) is not None and path.endswith(SUFFIXES)
    if is_path and not path.startswith(LOCAL) and path not in OTHERS and path.rstrip("/") not in _paths():
        yield path


def _unknown_names(code: str) -> Iterator[str]:
    if code.endswith(SUFFIXES):
        return
    yield from (each for each in (*CAMEL.findall(code), *CALL.findall(code)) if each not in _defined())
    if dotted := DOTTED.fullmatch(code):
        context, last = dotted[1].rpartition(".")[2], dotted[2]
        if context in _defined() and last not in _defined() and f"{context}/{last}.py" not in _paths():
            yield code


@pytest.mark.parametrize(
    ("code", "is_known"),
    [
        ("channels_app/intake/services/processing.py", True),
        ("services/processing.py", True),
        ("channels_app/intake/services/doorbells.py", False),
        ("InboundMessage", True),
        ("InboundTelegram", False),
        ("outbox.preflight.register(kind, is_still_valid)", True),
        ("receive_receipt(ToldThis(…), at=…)", False),
        ("ring_the_bell(at=…)", False),
        ("Ticket.reference", True),
        ("Ticket.shoe_size", False),
    ],
)
def test_the_eye_for_names(code, is_known):
    assert ([*_missing_paths(code), *_unknown_names(code)] == []) is is_known


def _quoted(page: Path) -> Iterator[tuple[str, str]]:
    text = prose_of(page)
    for found in CODE.finditer(text):
        yield f"{name(page)}:{text.count(chr(10), 0, found.start()) + 1}", found[1]


@pytest.mark.parametrize("page", GUIDES, ids=name)
def test_a_guide_names_files_that_exist(page):
    assert [f"{line} {path}" for line, code in _quoted(page) for path in _missing_paths(code)] == []


@pytest.mark.parametrize("page", [page for page in GUIDES if page.name in ABOUT_CODE], ids=name)
def test_a_guide_to_the_code_names_what_it_defines(page):
    assert [f"{line} {each}" for line, code in _quoted(page) for each in _unknown_names(code)] == []


@pytest.mark.parametrize("page", [ROOT / "README.md", *DOCS], ids=name)
def test_its_links_lead_somewhere(page: Path):
    targets = (found[1] for found in LINK.finditer(prose_of(page)) if "://" not in found[1])
    assert [target for target in targets if not (page.parent / target).exists()] == []
