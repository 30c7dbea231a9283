"""The pages of law say what is true, and no more."""

from datetime import date

import pytest

from requests_app.www.public import accessibility
from tests.browser import violations

STATED = {
    "stated_on": date(2026, 11, 25),
    "referential": "RGAA 4.1",
    "technologies": [],
    "checks": [],
    "not_accessible": [],
}


def audit(percent, year=2026):
    return {"by": "Un cabinet", "on": date(year, 1, 1), "criteria_met_percent": percent}


class TestAccessibility:
    def test_the_file_can_be_read(self):
        assert accessibility.statement().words

    @pytest.mark.parametrize("state", ["partial", "full"])
    def test_without_an_audit_nothing_is_claimed(self, state):
        with pytest.raises(ValueError, match="audit"):
            accessibility.read({**STATED, "state": state})

    @pytest.mark.parametrize(("state", "percent"), [("partial", 49), ("full", 99)])
    def test_an_audit_that_found_less_is_not_enough(self, state, percent):
        with pytest.raises(ValueError, match="criteria"):
            accessibility.read({**STATED, "state": state, "audit": audit(percent)})

    def test_an_audit_is_worth_three_years(self):
        with pytest.raises(ValueError, match="valid audit"):
            accessibility.read({**STATED, "state": "partial", "audit": audit(80, year=2022)})
        assert accessibility.read({**STATED, "state": "partial", "audit": audit(80)}).audit

    @pytest.mark.django_db
    def test_says_whom_to_turn_to(self, client, settings):
        settings.AUTHORITY_PHONE = "04 78 00 00 01"
        page = client.get("/accessibilite/").content.decode().replace("\xa0", " ")
        for words in ("non conforme", "04 78 00 00 01", "Défenseur des droits", "Libre réponse 71120"):
            assert words in page


@pytest.mark.django_db
class TestPersonalData:
    def test_speaks_of_the_doors_that_are_open(self, client):
        page = client.get("/donnees-personnelles/").content.decode()
        assert "Nous gardons vos réponses, vos fichiers et la façon de vous joindre." in page
        for words in ("E-mail", "Visite", "CNIL", "6.1.e", "Délégué à la protection des données"):
            assert words in page


class TestBrowser:
    @pytest.mark.parametrize("path", ["/accessibilite/", "/donnees-personnelles/"])
    def test_axe_finds_nothing(self, browse, chloe, path):
        assert violations(browse(chloe, path)) == []
