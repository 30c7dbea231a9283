"""Every sentence that people read, as the code and the templates write it: what a catalogue must hold."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("gru", "requests_app", "channels_app", "templates")
PLURALS = {"ngettext", "ngettext_lazy"}
CALLS = {"_", "gettext", "gettext_lazy", "_lazy"} | PLURALS
_TEXT = r"u?('(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")"
_IN_TEMPLATE = re.compile(rf"\b(?:n?gettext|_)\({_TEXT}(?:, {_TEXT})?")


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """A French sentence, and its form for several when there is one."""

    one: str
    many: str = ""

    @property
    def id(self) -> str | tuple[str, str]:
        """Return the identifier that Babel uses."""
        return (self.one, self.many) if self.many else self.one


def collect() -> dict[Message, set[str]]:
    """Collect each message with the files that hold it; tests and migrations are left out."""
    found: dict[Message, set[str]] = {}
    for file in _files():
        text = file.read_text("utf-8")
        for message in _messages_of_code(text) if file.suffix == ".py" else _messages_of_template(text):
            found.setdefault(message, set()).add(str(file.relative_to(ROOT)))
    return found


def _files() -> Iterator[Path]:
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.*")):
            if file.suffix in {".py", ".html", ".txt"} and not {"tests", "migrations", "data"} & set(
                file.parts
            ):
                yield file


def _messages_of_code(text: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            given = [each.value for each in node.args[:2] if isinstance(each, ast.Constant)]
            words = [value for value in given if isinstance(value, str)]
            if words:
                yield Message(*words) if node.func.id in PLURALS else Message(words[0])


def _messages_of_template(text: str) -> Iterator[Message]:
    """Yield what Django's own template lexer turns into calls for translation."""
    for one, many in _IN_TEMPLATE.findall(templatize(text)):
        yield Message(ast.literal_eval(one), ast.literal_eval(many) if many else "")
