"""Code, comments and docs speak the field's English: what a machine can check of `docs/contributing.md`."""

import ast
import io
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.field_words import banned, begins_without_verb, is_badly_named, may_be_banned
from tests.house.sources import DOCS, PYTHON, ROOT, name, prose_of, tree_of

CODE = [
    file
    for file in PYTHON
    if "tests" not in file.relative_to(ROOT).parts and file.name not in ("testing.py", "conftest.py")
]
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
Documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
Function = ast.FunctionDef | ast.AsyncFunctionDef


def _documented(node: ast.AST) -> Iterator[Documented]:
    """What may have a docstring; expressions hold none and are not walked."""
    if isinstance(node, Documented):
        yield node
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt | ast.ExceptHandler | ast.match_case):
            yield from _documented(child)


def _is_property(function: Function) -> bool:
    return any("property" in ast.unparse(decorator) for decorator in function.decorator_list)


def _named_functions(tree: ast.Module) -> Iterator[Function]:
    """The functions of a module; adjectives of querysets and values of properties are no verbs."""
    nodes = list(_documented(tree))
    querysets = [
        each
        for each in nodes
        if isinstance(each, ast.ClassDef) and any("QuerySet" in ast.unparse(b) for b in each.bases)
    ]
    adjectives = {id(each) for queryset in querysets for each in queryset.body}
    for node in nodes:
        if isinstance(node, Function) and id(node) not in adjectives and not _is_property(node):
            yield node


def _prose(file: Path, source: str) -> Iterator[tuple[int, str]]:
    """The comments and docstrings of a module, with their lines."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string
    for node in _documented(tree_of(file)):
        if docstring := ast.get_docstring(node, clean=False):
            yield node.body[0].lineno, docstring


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


@pytest.mark.parametrize(
    ("docstring", "is_bad"),
    [
        ("The tickets that wait.", True),
        ("Returns the tickets that wait.", True),
        ("Written once.", True),
        ("Whether it waits.", True),
        ("Reading is noted.", True),
        ("Return the tickets that wait.", False),
        ("Pass it on.", False),
        ("Re-encode a picture.", False),
        ("Seed the demo.", False),
        ("Bring back the draft.", False),
    ],
)
def test_the_eye_for_docstrings(docstring, is_bad):
    assert begins_without_verb(docstring) is is_bad


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A demand waits.", ["1: demand → ticket (code), request (pages)"]),
        ("Two lines,\nand her ticket.", ["2: her → they, their, them"]),
        ("It is for who may read it.", ["1: for who → those who, whoever"]),
        ("« demande » and `demand` are quoted; so many that it counts.", []),
        ("The list of those who came, on paper.", []),
    ],
)
def test_the_eye_for_phrases(text, found):
    assert banned(text) == found


def test_functions_are_named_by_verbs():
    found = [
        f"{name(file)}:{function.lineno} {function.name}"
        for file in CODE
        for function in _named_functions(tree_of(file))
        if is_badly_named(function.name) and function.name not in FRAMEWORK
    ]
    assert found == []


def test_modules_are_named_by_nouns():
    assert [name(file) for file in CODE if file.parent.name != "commands" and is_badly_named(file.stem)] == []


def test_docstrings_of_functions_begin_with_a_verb():
    found = [
        f"{name(file)}:{node.lineno} {docstring.splitlines()[0]} → Return…, Tell whether…, Narrow to…"
        for file in CODE
        for node in _documented(tree_of(file))
        if isinstance(node, Function)
        and (docstring := ast.get_docstring(node))
        and begins_without_verb(docstring)
    ]
    assert found == []


def test_comments_and_docstrings_use_the_field_s_words():
    found = [
        f"{name(file)}:{words}"
        for file in PYTHON
        if may_be_banned(source := file.read_text())
        for line, text in _prose(file, source)
        for words in banned(text, line)
    ]
    assert found == []


def test_docs_use_the_field_s_words():
    found = [
        f"{name(file)}:{words}" for file in (ROOT / "README.md", *DOCS) for words in banned(prose_of(file))
    ]
    assert found == []
