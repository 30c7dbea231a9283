"""axe finds nothing on any page of citizens (RGAA); staff and English: tests/faults/test_all_pages.py."""

import pytest

from tests.rgaa import FILE, Measure, store
from tests.walk import walk_public

pytestmark = [pytest.mark.browser, pytest.mark.timeless, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _no_limits(settings):
    settings.LIMITS_ON = False


def test_every_page_of_citizens_in_both_themes_and_widths(browse, stage):
    measure = Measure()
    seen, faults = walk_public(browse, stage, "fr", measure)
    assert faults == {}
    assert seen >= 14
    is_new = store(measure)
    assert not is_new, f"{FILE.name} was written again: the statement changes, commit it"
