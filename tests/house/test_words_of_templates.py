"""No word of a template is outside the catalogues."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT: Path = settings.BASE_DIR
TEMPLATES = sorted(
    file
    for room in ("gru", "requests_app", "channels_app", "templates")
    for file in (ROOT / room).rglob("*.html")
)
ONLY_CLASSES = {ROOT / "templates/agenda/_look.html"}  # names for the style sheet
SAID_ELSEWHERE = re.compile(
    r"{%\s*block (?:root|body_attrs|main_class|page_class)\b.*?{%\s*endblock[^%]*%}"
    r"|{%\s*comment\b.*?{%\s*endcomment\s*%}|{#.*?#}"
    r"|{%\s*blocktranslate\b.*?{%\s*endblocktranslate\s*%}|{%.*?%}|{{.*?}}"
    r"|<!--.*?-->|<(style|script)\b.*?</\1>|<[^>]*>",
    re.DOTALL,
)
ATTRIBUTE = re.compile(r"\b(?:aria-label|title|alt|placeholder)=\"([^\"{]*[^\W\d_]{3}[^\"{]*)\"")
WORD = re.compile(r"[^\W\d_]{3,}")
NAMES = {
    "SMS",
    "GRU",
    "nbsp",
    "exemple",
    "nom",
    "mdash",
    "middot",
    "amp",
}  # of the product; an address as an example


@pytest.mark.parametrize(
    "file",
    [file for file in TEMPLATES if file not in ONLY_CLASSES],
    ids=lambda file: str(file.relative_to(ROOT)),
)
def test_every_word_goes_through_the_catalogues(file):
    text = file.read_text()
    bare = SAID_ELSEWHERE.sub(" ", text)
    said = [word for word in WORD.findall(bare) if word not in NAMES]
    said += [found for found in ATTRIBUTE.findall(text) if not set(WORD.findall(found)) <= NAMES | {"fr"}]
    assert said == []
