"""Which tests read a clock: they carry the marker `clock`, and `bin/test --clock` runs these only.

Nobody keeps a list. A test reads a clock when it works with the database, whose rows have their instants, or
with the site, whose pages say when; else when its module names a clock or renders a template (filters do), or
imports one of ours that does, by whatever way. The others look at texts, colours, catalogues, addresses.
So do those that ask axe how a page is built, and the few that walk the house at length and carry the marker
`timeless`.
"""

import ast
import inspect
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("tests", "channels_app", "requests_app", "gru")
WORKS_WITH_TIME = {"db", "transactional_db", "client", "live_server", "chromium"}
NAMES_A_CLOCK = re.compile(
    r"\b(timezone\.now|localdate\(|localtime\(|datetime\.now|date(time)?\.today|utcnow|time\.time|time_machine"
    r"|Now\(|now\(\)|CURRENT_\w+|engines\[|get_template|render_to_string|Template\()"
)
ASKS_AXE = re.compile(r"\bviolations\(")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the tests that read a clock; under another clock, leave the others out."""
    for item in items:
        if _reads_clock(item):
            item.add_marker("clock")
    if "GRU_TEST_CLOCK" in os.environ:
        config.hook.pytest_deselected(items=[item for item in items if not item.get_closest_marker("clock")])
        items[:] = [item for item in items if item.get_closest_marker("clock")]


def _reads_clock(item: pytest.Item) -> bool:
    if item.get_closest_marker("timeless") or ASKS_AXE.search(inspect.getsource(item.obj)):
        return False
    if item.get_closest_marker("django_db") or WORKS_WITH_TIME & set(getattr(item, "fixturenames", ())):
        return True
    return reaches_clock(item.path)


@cache
def reaches_clock(file: Path) -> bool:
    """Tell whether a file names a clock, or one that it imports, or one that this one imports, and so on."""
    seen, ahead = {file}, [file]
    while ahead:
        here = ahead.pop()
        source = here.read_text()
        if NAMES_A_CLOCK.search(source):
            return True
        new = {found for name in imports_of(source, here) if (found := _file_of(name))} - seen
        seen |= new
        ahead += new
    return False


def imports_of(source: str, file: Path) -> Iterator[str]:
    """Give the dotted names of ours that a source imports; what a package gives may be a module of it."""
    package = file.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) + 1 - node.level] if node.level else ()
            base = ".".join([*above, *filter(None, [node.module])])
            yield from (base, *(f"{base}.{alias.name}" for alias in node.names))


def _file_of(name: str) -> Path | None:
    path = ROOT.joinpath(*name.split("."))
    if name.split(".")[0] not in ROOMS:
        return None
    return next((file for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file()), None)
