"""Functions are short enough to be read at once (docs/contributing.md): counted, not felt."""

import ast
from collections.abc import Iterator

import pytest
from django.conf import settings

ROOMS = ("gru", "requests_app", "channels_app")
MAX, P95 = 50, 18  # lines, from the name to the last statement
Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions_of(source: str) -> Iterator[tuple[str, int]]:
    """The functions of a source, each with its number of lines."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, Function):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def sizes() -> list[tuple[int, str]]:
    """The functions of the product, longest first; tests and migrations tell a story of their own."""
    found = []
    for room in ROOMS:
        for path in (settings.BASE_DIR / room).rglob("*.py"):
            if not {"tests", "migrations"} & set(path.parts):
                name = path.relative_to(settings.BASE_DIR)
                found += [(lines, f"{name}:{each}") for each, lines in functions_of(path.read_text())]
    return sorted(found, reverse=True)


@pytest.mark.timeless
def test_no_function_is_over_fifty_lines_and_most_are_under_eighteen():
    found = sizes()
    assert len(found) > 5000
    assert [each for each in found if each[0] > MAX] == []
    allowed = len(found) // 20
    assert found[allowed][0] <= P95, found[: allowed + 1]


def test_counts_decorated_and_inner_functions():
    source = (
        "@cache\ndef one():\n    return 1\n\nasync def two():\n    def three():\n        pass\n    three()\n"
    )
    assert dict(functions_of(source)) == {"one": 2, "two": 4, "three": 2}
