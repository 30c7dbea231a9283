"""Each promise of docs/law.md names a test that exists."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PAGE = (ROOT / "docs" / "law.md").read_text()
NAMED = re.findall(r"`([\w/]+/test_\w+\.py)(?:::(\w+))?`", PAGE)


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_a_promise_is_held_by_a_test_that_exists(path, name):
    text = (ROOT / path).read_text()
    assert re.search(rf"def {name}\(" if name else r"def test_", text)


def test_every_promise_names_one():
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and line != "| promise | held by |"]
    assert len(rows) > 20
    assert [row for row in rows if "test_" not in row] == []
