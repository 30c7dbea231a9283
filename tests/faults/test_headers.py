"""The bar on one row with the names of the demonstration; with long ones, it is in tests/house."""

import pytest

from tests.house.test_headers import OFF_THE_ROW, WIDTHS
from tests.walk import measures

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_each_page_has_its_bar_on_one_row(browse, stage, settings):
    settings.LIMITS_ON = False
    assert measures(browse, stage, OFF_THE_ROW, WIDTHS) == {}
