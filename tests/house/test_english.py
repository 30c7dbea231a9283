"""Names speak the field's English: what a machine can check of `docs/contributing.md`."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT: Path = settings.BASE_DIR
ROOMS = ("gru", "requests_app", "channels_app")
CODE = sorted(
    file
    for room in ROOMS
    for file in (ROOT / room).rglob("*.py")
    if not {"tests", "migrations"} & set(file.parts) and file.name != "testing.py"
)
PREPOSITIONS = frozenset(
    {
        "about",
        "above",
        "after",
        "around",
        "at",
        "before",
        "behind",
        "below",
        "beside",
        "between",
        "by",
        "for",
        "from",
        "in",
        "into",
        "of",
        "off",
        "on",
        "out",
        "over",
        "through",
        "to",
        "under",
        "upon",
        "with",
        "within",
        "without",
    }
)
IRREGULAR = frozenset(
    {
        "begun",
        "bought",
        "built",
        "caught",
        "chosen",
        "done",
        "drawn",
        "driven",
        "fallen",
        "felt",
        "forgotten",
        "found",
        "given",
        "gone",
        "grown",
        "heard",
        "held",
        "hidden",
        "kept",
        "known",
        "led",
        "left",
        "lost",
        "made",
        "met",
        "paid",
        "said",
        "seen",
        "sent",
        "shown",
        "slept",
        "sold",
        "spent",
        "spoken",
        "stood",
        "taken",
        "taught",
        "thought",
        "thrown",
        "told",
        "understood",
        "woken",
        "won",
        "written",
    }
)
CONVERSIONS = frozenset({"from", "on", "to"})  # Python's own idioms: to_python, from_db, on_commit
NO_PARTICIPLES = frozenset(
    {
        "embed",
        "exceed",
        "feed",
        "need",
        "proceed",
        "seed",
        "shed",
        "speed",
    }
)
# Django, DRF and the standard library call these by that name.
FRAMEWORK = frozenset(
    {
        "to_python",
        "to_url",
        "to_internal_value",
        "to_representation",
        "from_db",
        "received",
    }
)


def name(file: Path) -> str:
    return str(file.relative_to(ROOT))


def is_participle(word: str) -> bool:
    return word in IRREGULAR or (word.endswith("ed") and len(word) > 3 and word not in NO_PARTICIPLES)


def is_badly_named(word: str) -> bool:
    """Whether a name is a bare participle, or begins with a preposition."""
    first, *rest = word.strip("_").split("_")
    if rest and first in CONVERSIONS:
        return False
    return first in PREPOSITIONS or (not rest and is_participle(first))


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions of a module; adjectives of querysets and values of properties are no verbs."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef) and "QuerySet" in ast.unparse(node).split("\n", 1)[0]:
            continue
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not any(
            "property" in ast.unparse(each) for each in node.decorator_list
        ):
            yield node
        yield from _functions(node)


@pytest.mark.parametrize(
    ("word", "is_bad"),
    [
        ("_kept", True),
        ("told", True),
        ("by_number", True),
        ("_of", True),
        ("render_pdf", False),
        ("seed", False),
        ("is_shared", False),
        ("merged_ids", False),
    ],
)
def test_the_eye_for_names(word, is_bad):
    assert is_badly_named(word) is is_bad


def test_functions_are_named_by_verbs():
    found = [
        f"{name(file)}:{node.lineno} {node.name}"
        for file in CODE
        for node in _functions(ast.parse(file.read_text()))
        if is_badly_named(node.name) and node.name not in FRAMEWORK
    ]
    assert found == []


def test_modules_are_named_by_nouns():
    assert [name(file) for file in CODE if file.parent.name != "commands" and is_badly_named(file.stem)] == []
