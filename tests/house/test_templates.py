"""Templates run nothing inline, are all used, read by line, and the design pieces say what they expect."""

import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

ROOT: Path = settings.BASE_DIR
FOLDERS = [
    ROOT / "templates",
    *ROOT.glob("requests_app/**/templates"),
    *ROOT.glob("channels_app/**/templates"),
]
TEMPLATES = sorted(file for folder in FOLDERS for file in folder.rglob("*.html"))
# Django takes these by their name alone.
BY_NAME = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
# A sentence of the catalogue and an {% include %} with its words stand on one line: Django parts neither.
MAX_WIDTH = 120
MAX_SHARE_OF_WIDE_LINES = 0.03
MAX_LENGTH = 240
ONE_TAG = re.compile(r"\s*\{%((?!%\}).)*%\}")


def _name(file: Path) -> str:
    return str(file.relative_to(next(folder for folder in FOLDERS if folder in file.parents)))


@cache
def _sources() -> str:
    """Everything that can name a template."""
    code = [
        file
        for folder in ("gru", "requests_app", "channels_app", "templates")
        for file in (ROOT / folder).rglob("*")
        if file.suffix in {".py", ".html"} and "tests" not in file.parts
    ]
    return "\n".join(file.read_text() for file in code)


@pytest.mark.parametrize("file", TEMPLATES, ids=_name)
def test_it_can_be_read(file):
    get_template(_name(file))


@pytest.mark.parametrize("file", TEMPLATES, ids=_name)
def test_it_runs_nothing_inline(file):
    text = file.read_text()
    assert not re.search(r"<style\b", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"<[a-z][^>]*\s(style|on[a-z]+|hx-on[^\s=]*)\s*=", text)
    assert "javascript:" not in text


@pytest.mark.parametrize("file", TEMPLATES, ids=_name)
def test_it_never_marks_what_people_wrote_as_safe(file):
    assert not re.search(r"\|\s*safe\b|autoescape off", file.read_text())


def test_few_lines_are_wide():
    lines = [line for file in TEMPLATES for line in file.read_text().splitlines()]
    wide = [line for line in lines if len(line) > MAX_WIDTH]
    assert len(wide) <= MAX_SHARE_OF_WIDE_LINES * len(lines), f"{len(wide)} of {len(lines)} lines"


@pytest.mark.parametrize("file", TEMPLATES, ids=_name)
def test_its_lines_part_elements_and_attributes(file):
    lines = enumerate(file.read_text().splitlines(), start=1)
    too_long = [n for n, line in lines if len(line) > MAX_LENGTH and not ONE_TAG.fullmatch(line)]
    assert not too_long, f"lines {too_long} hold more than one element"


@pytest.mark.parametrize("file", [f for f in TEMPLATES if _name(f) not in BY_NAME], ids=_name)
def test_it_is_used(file):
    name = _name(file)
    assert re.search(rf"[\"']{re.escape(name)}[\"']", _sources()), "no one names it"


@pytest.mark.parametrize("file", sorted((ROOT / "templates/ui").glob("*.html")), ids=lambda file: file.name)
def test_each_design_piece_opens_with_what_it_expects(file):
    opening = file.read_text().partition("{% endcomment %}")[0]
    assert opening.startswith("{% comment %}")
    assert "xpects" in opening
