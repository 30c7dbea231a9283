"""The bar of every page on one row of a telephone, whatever the names."""

import pytest

from requests_app.accounts.models import User
from requests_app.maisons.models import Maison
from tests.house.test_headers import OFF_THE_ROW, WIDTHS
from tests.walk import measures

AUTHORITY = "Communauté d’agglomération de Saint-Quentin-en-Yvelines et des vallées"
PLACE = "Saint-Germain-au-Mont-d’Or – Maison des Solidarités du Plateau"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_each_page_has_its_bar_on_one_row(browse, stage, settings):
    settings.LIMITS_ON = False
    assert measures(browse, stage, OFF_THE_ROW, WIDTHS) == {}


def test_long_names_keep_it_on_one_row(browse, stage, settings):
    settings.LIMITS_ON = False
    settings.AUTHORITY_NAME = AUTHORITY
    User.objects.update(
        given_name="Marie-Antoinette Élisabeth", family_name="de La Rochefoucauld-Montmorency"
    )
    Maison.objects.update(label=PLACE)
    assert measures(browse, stage, OFF_THE_ROW, WIDTHS) == {}
