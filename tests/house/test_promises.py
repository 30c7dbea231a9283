"""Each sentence of the page on personal data is held by a test that exists, or by the law it names."""

import re
from pathlib import Path

import pytest
from django.conf import settings as ours
from django.utils import translation

from requests_app.www.public.notices import notices
from requests_app.www.public.promises import sections
from tests.house.promises import HELD_BY, LAW

ROOT = Path(ours.BASE_DIR)
FIRST = (
    "Votre demande, nos réponses, comment vous joindre, et ce que vous choisissez de dire sur vos besoins."
)
SETS = (
    {"TWILIO_ACCOUNT_SID": "", "EMAIL_URL": ""},
    {"TWILIO_ACCOUNT_SID": "AC0", "TWILIO_API_BASE": "", "EMAIL_URL": "smtp://127.0.0.1:25"},
)


@pytest.fixture(params=SETS, ids=("alone", "with providers"))
def said(request, settings):
    """Every sentence, as the site is set."""
    for name, value in request.param.items():
        setattr(settings, name, value)
    with translation.override("fr"):
        page = [str(sentence) for section in sections() for sentence in section.sentences]
        return [FIRST, *page, *(str(notice.text) for notice in notices())]


def test_every_sentence_is_held(said):
    assert [sentence for sentence in said if sentence not in HELD_BY] == []


def test_no_sentence_is_said_twice(said):
    assert len(said) == len(set(said))


@pytest.mark.parametrize("held_by", sorted({each for found in HELD_BY.values() for each in found}))
def test_what_holds_it_exists(held_by):
    if held_by.startswith(LAW):
        assert re.search(r"article|loi", held_by.removeprefix(LAW))
        return
    file, _colons, name = held_by.partition("::")
    assert re.search(rf"^\s*def {name}\(", (ROOT / file).read_text(), re.MULTILINE), held_by
