"""Every word shown to people goes through the catalogues, as a whole sentence that can be translated."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT: Path = settings.BASE_DIR
ROOMS = ("gru", "requests_app", "channels_app")
PLURALS = {"ngettext", "ngettext_lazy"}
CALLS = {"_", "gettext", "gettext_lazy", "_lazy"} | PLURALS
CODE = sorted(
    file
    for room in ROOMS
    for file in (ROOT / room).rglob("*.py")
    if not {"tests", "migrations"} & set(file.parts)
)
TEMPLATES = sorted(file for room in (*ROOMS, "templates") for file in (ROOT / room).rglob("*.html"))
TRANSLATE = re.compile(r"{%\s*translate\s+(\"[^\"]*\"|'[^']*'|[^\s%]+)|_\((\"[^\"]*\"|'[^']*')\)")
BLOCK = re.compile(r"{%\s*blocktranslate\b([^%]*)%}(.*?){%\s*endblocktranslate\s*%}", re.DOTALL)


def name(file: Path) -> str:
    return str(file.relative_to(ROOT))


def messages(tree: ast.AST) -> Iterator[tuple[int, ast.expr]]:
    """The message of each call; the two of a plural."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            count = 2 if node.func.id in PLURALS else 1
            yield from ((node.lineno, argument) for argument in node.args[:count])


@pytest.mark.parametrize("file", CODE, ids=name)
def test_each_message_of_the_code_is_a_plain_sentence(file):
    for line, argument in messages(ast.parse(file.read_text())):
        assert isinstance(argument, ast.Constant), f"line {line}: the catalogues cannot find this one"
        assert isinstance(argument.value, str), f"line {line}"
        assert argument.value.strip(), f"line {line}: an empty message is the catalogue's own header"


@pytest.mark.parametrize("file", TEMPLATES, ids=name)
def test_each_message_of_a_template_is_a_plain_sentence(file):
    text = file.read_text()
    for found in TRANSLATE.finditer(text):
        message = found[1] or found[2]
        assert message[0] in "\"'", f"{message}: the catalogues cannot find this one"
        assert message[1:-1].strip()
    for options, body in BLOCK.findall(text):
        assert "trimmed" in options.split() or "\n" not in body, "line ends would be part of the message"
        assert body.strip()
