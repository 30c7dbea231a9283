"""The second language says everything that the first one says (locale/en)."""

import re

import pytest

from gru.management.commands.collect_messages import read
from gru.messages import ROOT, collect

FILE = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
PLACE = re.compile(r"%\(\w+\)[sd0-9]*|%%|%[sd]|{\w+}")
TAG = re.compile(r"<[^>]+>")
MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
NO_FRENCH = re.compile(
    rf"\b(?:le le|du le|au le|1 (?:{MONTHS})|\d+ ?[eè]me|\d\d? ?h ?00|Code INSEE|MDM / MDMS|delay_days)\b"
)
GLUED = re.compile(r"\w*[a-z.!?:;,)][A-Z]\w*")  # the end of one sentence, and the next one without a space
MAY_BE_LESS = {"%(n)s"}  # « un message » may say its number by a word


@pytest.fixture(scope="module")
def catalogue():
    return read(FILE, "en")


def strings(entry):
    return list(entry.string) if isinstance(entry.string, (tuple, list)) else [entry.string]


def test_every_sentence_is_translated(catalogue):
    missing = [message.one for message in collect() if not all(strings(catalogue.get(message.id) or EMPTY))]
    assert missing == [], "bin/manage collect_messages, then translate locale/en"


def test_no_translation_is_of_nothing(catalogue):
    known = {message.id for message in collect()}
    assert [entry.id for entry in catalogue if entry.id and entry.id not in known] == []


def test_the_places_of_values_and_the_tags_are_the_same(catalogue):
    pairs = [
        (source, translated)
        for entry in catalogue
        if entry.id
        for source, translated in zip(ids(entry), strings(entry), strict=False)
    ]
    assert [source for source, translated in pairs if places(source) != places(translated)] == []


def test_a_translation_is_that_of_its_own_sentence(catalogue):
    """Two translations once stood as one: « A call or an e-mail is better.You may then ask… »."""
    pairs = [
        (source, text) for entry in catalogue if entry.id for text in strings(entry) for source in ids(entry)
    ]
    wrong = [glued for source, text in pairs for glued in GLUED.findall(text) if glued not in source]
    assert wrong == []


@pytest.mark.parametrize("said", ["is better.You may", "a mobile numberThese pages", "or call.Understood: 3"])
def test_what_is_glued_is_known(said):
    assert GLUED.search(said)


def test_english_speaks_of_requests_and_calls_nobody_she(catalogue):
    """a « demande » is a request, a person is they, a « chiffre » is a digit."""
    wrong = re.compile(r"\b(demands?|tickets?|she|her|hers|he|him|his|6.figures?)\b", re.IGNORECASE)
    said = [text for entry in catalogue if entry.id for text in strings(entry) if text]
    assert [text for text in said if wrong.search(PLACE.sub("", text))] == []


@pytest.mark.parametrize(
    "said",
    ["lié le le lundi", "reçu le 1 décembre", "Lyon 8ème", "ouvert à 11h00", "le Code INSEE", "MDM / MDMS"],
)
def test_what_french_does_not_say_is_known(said):
    assert NO_FRENCH.search(said)


def test_french_says_le_once_1er_8e_and_11_h(catalogue):
    """Hours and days come from ``lib.french``; a code of the catalogue means nothing to readers."""
    said = [text for entry in catalogue if entry.id for text in ids(entry)]
    assert [text for text in said if NO_FRENCH.search(text)] == []


def test_templates_say_le_once_1er_8e_and_11_h():
    files = [
        file for root in ("templates", "channels_app", "requests_app") for file in templates(ROOT / root)
    ]
    assert len(files) > 150
    assert [str(file) for file in files if NO_FRENCH.search(file.read_text())] == []


def templates(folder):
    return [
        file for file in folder.rglob("*.*") if file.suffix in {".html", ".txt"} and "templates" in file.parts
    ]


def ids(entry):
    return entry.id if isinstance(entry.id, tuple) else (entry.id,)


def places(text):
    return set(PLACE.findall(text)) - MAY_BE_LESS, set(TAG.findall(text))


class Empty:
    string = ""


EMPTY = Empty()
