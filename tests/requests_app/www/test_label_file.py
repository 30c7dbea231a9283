"""`manage label_file`: the file for the label Services Publics+, of what everybody may read."""

import csv
import io
import zipfile
from datetime import datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command

from requests_app.feedback import services
from requests_app.feedback.services import FollowUp, Shown
from requests_app.maisons.opening import PARIS
from tests.requests_app.www.test_indicators import NOW, published  # noqa: F401

pytestmark = pytest.mark.django_db
AUGUST, OCTOBER = datetime(2026, 8, 20, 9, tzinfo=PARIS), datetime(2026, 10, 1, 0, 30, tzinfo=PARIS)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def improve(chloe, david, lyon_8):
    """Something said by Chloé about Lyon 8e, and done; ``published`` in words for everybody."""

    def do(at, *, words="", kind="irritant"):
        said = services.record_feedback(kind=kind, shown=Shown(lyon_8), by=chloe, at=at)
        services.add_sentence(feedback=said, sentence="Madame Roux s’est perdue", is_signed=True)
        follow_up = FollowUp("done", david, "Un plan est affiché.", words)
        services.answer_feedback(feedback=said, follow_up=follow_up, by=david, at=at)

    return do


def read(path):
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name).decode("utf-8-sig") for name in file.namelist()}


def rows_of(text):
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_holds_the_indicators_the_improvements_and_how_they_are_made(tmp_path, published, improve, lyon_8):  # noqa: F811
    improve(AUGUST, words="On se perd à l’entrée.")
    call_command("label_file", "--output", str(tmp_path / "label.zip"), verbosity=0)
    pieces = read(tmp_path / "label.zip")
    assert set(pieces) == {"indicateurs-2026-T3.csv", "ameliorations-2026-T3.csv", "LISEZMOI.txt"}
    lines = rows_of(pieces["indicateurs-2026-T3.csv"])
    assert [line[2] for line in lines if line[1] == lyon_8.label] == [lyon_8.code] * 3
    assert rows_of(pieces["ameliorations-2026-T3.csv"])[1:] == [
        ["août 2026", lyon_8.label, "On se perd à l’entrée.", "Un plan est affiché."]
    ]
    assert "agents : elle n’est pas encore" in pieces["LISEZMOI.txt"]


def test_N14_no_agent_nor_word_that_was_not_written_for_the_public(tmp_path, published, improve):  # noqa: F811
    improve(AUGUST)
    improve(OCTOBER, words="Dit au trimestre suivant.", kind="idea")
    call_command("label_file", "--output", str(tmp_path / "label.zip"), verbosity=0)
    pieces = read(tmp_path / "label.zip")
    assert len(rows_of(pieces["ameliorations-2026-T3.csv"])) == 1
    whole = "".join(pieces.values())
    assert "Roux" not in whole
    assert "Chloé" not in whole


@pytest.mark.parametrize(("quarter", "said"), [("2026-T4", "n’est pas publié"), ("été", "comme 2026-T3")])
def test_a_quarter_that_is_not_there_is_said(tmp_path, published, quarter, said):  # noqa: F811
    with pytest.raises(CommandError, match=said):
        call_command("label_file", "--quarter", quarter, "--output", str(tmp_path / "label.zip"))
    assert not (tmp_path / "label.zip").exists()


def test_before_the_first_publication_it_says_what_to_do(tmp_path):
    with pytest.raises(CommandError, match="publish_indicators"):
        call_command("label_file", "--output", str(tmp_path / "label.zip"))


def test_a_place_that_cannot_be_written_is_said(tmp_path, published):  # noqa: F811
    with pytest.raises(CommandError, match="ne peut pas être écrit"):
        call_command("label_file", "--output", str(tmp_path / "nowhere" / "label.zip"))
