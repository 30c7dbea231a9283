"""The second language says everything that the first one says (locale/en)."""

import re

import pytest

from gru.management.commands.collect_messages import read
from gru.messages import ROOT, collect

FILE = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
PLACE = re.compile(r"%\(\w+\)[sd0-9]*|%%|%[sd]|{\w+}")
TAG = re.compile(r"<[^>]+>")
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


def ids(entry):
    return entry.id if isinstance(entry.id, tuple) else (entry.id,)


def places(text):
    return set(PLACE.findall(text)) - MAY_BE_LESS, set(TAG.findall(text))


class Empty:
    string = ""


EMPTY = Empty()
