"""axe finds nothing on any page of the table of routes, in both languages, themes and widths (RGAA).

Some eighty pages by eight looks: minutes, hence here; the citizens' pages in French are in bin/test.
"""

import pytest

from tests.walk import walk_public, walk_staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(
    ("walk", "language", "least"), [(walk_staff, "fr", 20), (walk_staff, "en", 20), (walk_public, "en", 14)]
)
def test_no_page_shuts_anybody_out(browse, stage, settings, walk, language, least):
    settings.LIMITS_ON = False
    seen, faults = walk(browse, stage, language)
    print(f"{walk.__name__}, {language}: {seen} pages")
    assert faults == {}
    assert seen >= least
