"""Outside its own folder nothing names a channel: a new one is a folder (docs/channels.md)."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings

from requests_app.channels.registry import keys

ROOT = Path(settings.BASE_DIR)
ROOMS = ("requests_app", "channels_app", "gru", "templates", "static")
SKIPPED = {"migrations", "tests", "vendor", "__pycache__", "phrases"}  # phrases: what people write
# Keys that are no everyday word: said nowhere. The others (mail, phone, letter) are also words of people.
ONLY_KEYS = {"sms", "frontdesk", "portal", "chat", "partner"}
ALLOWED = {
    "requests_app/tickets/models/touchpoints.py": {"frontdesk"},  # the condition of an index, in the database
    "gru/management/commands/after_restore.py": {"sms"},  # a report with a line for each provider read again
    "channels_app/portal/forms/reach.py": {"sms"},  # a citizen's answer: « Seulement des SMS »
}
INVENTED = "gru/demo/"  # it invents a life for each channel there is
PROVIDER = re.compile(r"\bsettings\.(TWILIO_\w+|SMS_\w+)")
# A class, a comparison or a selector; not an icon (chat-dots).
MARKED = re.compile(
    r"""(?:\bch-|\bart-|\bby-|channel\w* [!=]=\s*["']|value[\^$*|]=["']|messages/)"""
    r"({})\b(?!-dots|-left|-square)"
)


def files(*suffixes: str) -> list[Path]:
    found = (path for room in ROOMS for path in (ROOT / room).rglob("*.*") if path.suffix in suffixes)
    return sorted(path for path in found if not SKIPPED & set(path.parts))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def own(path: Path) -> set[str]:
    """The channel whose folder holds this file."""
    room, name, *_rest = path.relative_to(ROOT).parts
    return {name} & set(keys()) if room == "channels_app" else set()


def named_in_code(tree: ast.AST) -> Iterator[str]:
    """Keys of channels given as a channel, compared with one, or said at all."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg and "channel" in node.arg:
            yield from constants(node.value)
        elif isinstance(node, ast.Compare) and "channel" in ast.unparse(node).lower():
            yield from constants(node)
        elif isinstance(node, ast.Attribute) and "Channel" in ast.unparse(node.value):
            yield node.attr.lower()
        elif isinstance(node, ast.Constant) and node.value in ONLY_KEYS:
            yield str(node.value)


def constants(node: ast.AST) -> Iterator[str]:
    yield from (str(each.value) for each in ast.walk(node) if isinstance(each, ast.Constant))


def offenders(found: Callable[[Path], set[str]], *suffixes: str) -> dict[str, set[str]]:
    """The files outside a channel's own folder that say its key, less what is allowed."""
    named = {name_of(path): found(path) - own(path) for path in files(*suffixes)}
    rest = {name: words - ALLOWED.get(name, set()) for name, words in named.items()}
    return {name: words for name, words in rest.items() if words and not name.startswith(INVENTED)}


def test_no_code_names_another_channel():
    def found(path: Path) -> set[str]:
        return set(named_in_code(ast.parse(path.read_text()))) & set(keys())

    assert offenders(found, ".py") == {}


def test_no_template_nor_stylesheet_names_another_channel():
    pattern = re.compile(MARKED.pattern.format("|".join(keys())))
    assert (
        offenders(lambda path: set(pattern.findall(path.read_text())), ".html", ".txt", ".css", ".js") == {}
    )


def test_the_settings_of_sms_are_read_in_its_folder():
    readers = (path for path in files(".py") if own(path) != {"sms"} and "settings" not in path.parts)
    found = [name_of(path) for path in readers if PROVIDER.search(path.read_text())]
    assert [name for name in found if not name.startswith(INVENTED)] == []


def test_what_is_allowed_is_still_there():
    for name, words in ALLOWED.items():
        assert words <= set(named_in_code(ast.parse((ROOT / name).read_text()))), name


def test_what_this_test_looks_for_is_found():
    code = 'x = f(channel="mail"); y = ticket.channel == "letter"; z = {"sms": 1}; Channel.Kind.PHONE'
    assert set(named_in_code(ast.parse(code))) >= {"mail", "letter", "sms", "phone"}
    pattern = re.compile(MARKED.pattern.format("mail|sms|chat"))
    page = '.ch-mail {} [value^="sms:"] {% if row.channel == "mail" %} ch-chat-dots by-sms'
    assert pattern.findall(page) == ["mail", "sms", "mail", "sms"]
