"""Every pattern of the product is linear, and stands where this file finds it (threats: N02, M19)."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from typing import Any

import pytest

from gru.launcher.bootstrap import ROOT
from requests_app.lib.excerpts import beginnings, digits_of
from tests import pump
from tests.pump import Shape

ROOMS = ("channels_app", "requests_app")
NOT_OURS = (".tests", ".migrations", ".conftest", ".testing", ".demo")
USES = {"compile", "match", "search", "fullmatch", "split", "findall", "finditer", "sub", "subn"}
# Made from words that are escaped first, and pumped below.
MADE_WHEN_ASKED = {("requests_app/lib/excerpts.py", name) for name in ("beginnings", "digits_of")}


def modules() -> Iterator[str]:
    for room in ROOMS:
        for found in pkgutil.walk_packages([str(ROOT / room)], f"{room}."):
            if not any(part in f"{found.name}." for part in (f"{each}." for each in NOT_OURS)):
                yield found.name


def inside(value: Any, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    """The patterns of a module's name: alone, in a table, or in a table of tables."""
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 3 and isinstance(value, (dict, list, tuple, set, frozenset)):
        values = [*value, *value.values()] if isinstance(value, dict) else value
        for each in values:
            yield from inside(each, depth + 1)


def patterns() -> dict[str, re.Pattern[Any]]:
    """Every compiled pattern of every module, once, under the first name it has."""
    found: dict[str, re.Pattern[Any]] = {}
    seen: set[int] = set()
    for module in modules():
        if module.endswith((".child", ".__main__")):
            continue
        for name, value in vars(importlib.import_module(module)).items():
            for number, pattern in enumerate(inside(value)):
                if id(pattern) not in seen:
                    seen.add(id(pattern))
                    found[f"{module}.{name}.{number}"] = pattern
    return found


PATTERNS = patterns()


class TestPumpedPatterns:
    def test_they_are_found(self):
        names = " ".join(PATTERNS)
        for known in (
            "bounces.ADDRESS_LINE",
            "parameters.PARAMETER",
            "html.TOKEN",
            "search_query._EMAIL",
            "seals.",
        ):
            assert known in names
        assert len(PATTERNS) > 150

    @pytest.mark.parametrize("name", sorted(PATTERNS))
    def test_N02_each_is_linear(self, name):
        slow = pump.slowness(PATTERNS[name])
        assert slow is None, f"{name}: {slow}"

    @pytest.mark.parametrize(
        "made",
        [beginnings("accueil accueillir aa aaa aaaa 12 l l’été " + "mot " * 20), digits_of("+33639981234")],
        ids=["words", "number"],
    )
    def test_N02_so_is_one_made_of_what_a_search_asks(self, made):
        assert pump.slowness(made) is None

    def test_none_is_made_elsewhere(self):
        """A pattern made where it is used would be pumped by nobody."""
        found = {
            (str(path.relative_to(ROOT)), where)
            for room in ROOMS
            for path in (ROOT / room).rglob("*.py")
            if not {"tests", "migrations", "demo"} & set(path.relative_to(ROOT).parts)
            for where in functions_that_use_re(ast.parse(path.read_text()))
        }
        assert found == MADE_WHEN_ASKED


def functions_that_use_re(tree: ast.Module) -> Iterator[str]:
    for function in ast.walk(tree):
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and _is_of_re(node.func):
                    yield getattr(function, "name", "lambda")


def _is_of_re(called: ast.expr) -> bool:
    is_attribute = isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name)
    return is_attribute and called.value.id == "re" and called.attr in USES


class TestThePump:
    """A pump that finds nothing proves nothing: here is what it must find."""

    @pytest.mark.parametrize(
        "bad",
        [
            r"(a+)+$",
            r"(?:a|a)*b",
            r"(?:[a-z]+\.?)+@",
            r"\s+\n",
            r"\s+$",
            r"^\s*\s*x",
            r"\d+\d+x",
            r"[ \t]*\n[ \t]*\n\s*x",
            r"<([a-z]+)[^>]*>",
            r"<!--.*?-->",
            r"(?:.*[.-])?noreply@",
            r"\w+@\w+\.fr",
            r"a.*b.*c",
            r"key=[^;]*;end",
            rb"[;\s]*([^\s=]{1,80})=",
            rb'"(?:[^"\\]|\\.)*"x',
            # The two that a stranger found.
            r"(?im)^[>\s*-]{0,12}(?:recipient\s*:?|to:)?\s*(?:rfc822;)?\s*<?([^\s<>:]{1,100}@[^\s<>:]{2,200})",
            rb'[;\s]*([^\s=;"]{1,80})[ \t]*=[ \t]*',
        ],
    )
    def test_it_finds_what_explodes(self, bad):
        assert pump.slowness(re.compile(bad)) is not None

    @pytest.mark.parametrize(
        "good",
        [
            r"(?<!\s)\s++$",
            r"\A\s*+(?:re|fwd)\s*+:",
            r"<[^<>]*>",
            r"[\w.+-]{1,64}@[\w.-]{1,100}",
            r"\b\d{4}-\d{2}\b",
            rb"=\?([^?\s]{1,80})\?",
        ],
    )
    def test_it_leaves_alone_what_does_not(self, good):
        assert pump.slowness(re.compile(good)) is None

    def test_a_shape_has_the_size_asked_for(self):
        assert len(Shape("abc", "de", "f").of(1000)) == 1000

    def test_it_sees_a_use_of_re_inside_a_function(self):
        tree = ast.parse("import re\nA = re.compile('a')\ndef f(x):\n    return re.sub('a', '', x)\n")
        assert list(functions_that_use_re(tree)) == ["f"]
        assert not list(functions_that_use_re(ast.parse("import re\ndef f(x):\n    return re.escape(x)\n")))
