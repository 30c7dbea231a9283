"""What the console says of a page that is left is no fault of its own; anything else is."""

import pytest

from tests.browser import ABORTED, REFUSED, less_aborts

SENT, AFTER = ABORTED


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ([], []),
        ([AFTER, SENT, REFUSED], []),
        ([AFTER, SENT], []),
        ([AFTER, SENT, REFUSED, AFTER, SENT, REFUSED], []),
        ([SENT], [SENT]),
        ([AFTER, REFUSED], [AFTER, REFUSED]),
        ([REFUSED], [REFUSED]),
        ([AFTER, SENT, REFUSED, REFUSED], [REFUSED]),
        ([AFTER, SENT, "TypeError: x is null"], ["TypeError: x is null"]),
    ],
)
def test_only_the_lines_of_an_abort_are_forgiven(said, left):
    assert less_aborts(said) == left
