"""Code, comments and docs speak the field's English: what a machine can check of `docs/contributing.md`."""

import ast
import io
import re
import tokenize
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
    if not {"tests", "migrations"} & set(file.parts)
)
DOCS = sorted((ROOT / "docs").glob("*.md"))
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
BANNED = {
    r"\bdemands?\b": "ticket (code), request (pages)",
    r"\b(she|her|hers|herself|he|him|his|himself)\b": "they, their",
    r"\bis true no more\b|\bno more true\b": "is no longer true",
    r"\bfor who\b": "for those who",
    r"\bdecides? of\b": "decide on",
    r"\bso many\b[^.]{0,30}\bwithin so\b": "N per period",
    r"\bkeeps? whole\b|\bkept whole\b": "kept in full",
    r"\bto throw away\b": "throwaway",
    r"\bsuitcases?\b": "channel folder",
    r"\bchiefs?\b": "manager",
}
QUOTED = re.compile(r"«.*?»|``.*?``|`[^`\n]*`|\"[^\"\n]*\"", re.DOTALL)


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
        is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if is_function and not any("property" in ast.unparse(each) for each in node.decorator_list):
            yield node
        yield from _functions(node)


def _prose(source: str) -> Iterator[tuple[int, str]]:
    """The comments and docstrings of a module, with their lines."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string
    for node in ast.walk(ast.parse(source)):
        has_docstring = isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        if has_docstring and (docstring := ast.get_docstring(node, clean=False)):
            yield node.body[0].lineno, docstring


def _banned(text: str) -> list[str]:
    plain = QUOTED.sub("", text)
    found = ((re.search(word, plain, re.IGNORECASE), better) for word, better in BANNED.items())
    return [f"{match[0]} → {better}" for match, better in found if match]


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


def test_comments_and_docstrings_use_the_field_s_words():
    found = [
        f"{name(file)}:{line} {words}"
        for file in CODE
        for line, text in _prose(file.read_text())
        for words in _banned(text)
    ]
    assert found == []


@pytest.mark.parametrize("file", DOCS, ids=name)
def test_docs_use_the_field_s_words(file):
    lines = enumerate(file.read_text().splitlines(), 1)
    assert [f"{line} {words}" for line, text in lines for words in _banned(text)] == []
