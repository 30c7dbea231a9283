"""What failed in a whole run is run once more, alone, and named."""

import json

import pytest

from gru.launcher import second_look
from gru.launcher.lint import Result
from gru.launcher.second_look import MAX_FAILED, looked_at_twice

ONE = "tests/test_agenda.py::test_keys[fr]"


@pytest.fixture
def failed(tmp_path, monkeypatch):
    """Write what pytest left behind it."""
    monkeypatch.setattr(second_look, "FAILED", tmp_path / "lastfailed")
    return lambda *names: second_look.FAILED.write_text(json.dumps(dict.fromkeys(names, True)))


def again(code, asked):
    return lambda words: asked.append(words) or Result("tests", code, 5)


def test_what_passes_alone_passes_and_is_named(failed):
    asked: list[list[str]] = []
    failed(ONE)
    result = looked_at_twice(Result("tests", 1, 700), again(0, asked))
    assert (result.code, result.seconds) == (0, 705)
    assert str(result) == f"tests      réussi (705 s) — la seconde fois seulement : {ONE}"
    assert asked == [["-q", ONE]]


def test_what_fails_twice_has_failed(failed):
    failed(ONE)
    assert looked_at_twice(Result("tests", 1, 700), again(1, [])) == Result("tests", 1, 705)


@pytest.mark.parametrize("code", [0, 2, 3, 5], ids=["passed", "interrupted", "broken", "nothing run"])
def test_only_failed_tests_are_run_again(failed, code):
    asked: list[list[str]] = []
    failed(ONE)
    assert looked_at_twice(Result("tests", code, 700), again(0, asked)).code == code
    assert asked == []


def test_many_failures_are_no_accident(failed):
    asked: list[list[str]] = []
    failed(*(f"tests/a.py::test_{n}" for n in range(MAX_FAILED + 1)))
    assert looked_at_twice(Result("tests", 1, 700), again(0, asked)).code == 1
    assert asked == []


def test_without_a_list_the_first_result_stands(failed):
    assert looked_at_twice(Result("tests", 1, 700), again(0, [])) == Result("tests", 1, 700)
