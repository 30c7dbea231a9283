"""The Python files and the pages of documentation of the repository, each parsed once."""

import ast
import re
from functools import cache
from pathlib import Path

from django.conf import settings

ROOT: Path = settings.BASE_DIR
ROOMS = ("gru", "requests_app", "channels_app")
PYTHON = sorted(
    file
    for room in (*ROOMS, "tests")
    for file in (ROOT / room).rglob("*.py")
    if "migrations" not in file.parts
)
DOCS = sorted(
    file
    for folder in ("docs", *ROOMS, "tests")
    for file in (ROOT / folder).rglob("*.md")
    if "data" not in file.parts  # where data come from is said in French
)
_FENCED = re.compile(r"^```[^`]*^```", re.MULTILINE)


def name(file: Path) -> str:
    return str(file.relative_to(ROOT))


@cache
def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text())


def prose_of(page: Path) -> str:
    """A page without its blocks of code; lines stay where they are."""
    return _FENCED.sub(lambda block: "\n" * block[0].count("\n"), page.read_text())
