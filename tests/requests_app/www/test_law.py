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


@pytest.mark.django_db
class TestDataOfficer:
    @pytest.mark.parametrize(
        ("given", "written"),
        [
            ("dpo@ville.example", 'href="mailto:dpo@ville.example"'),
            ("https://ville.example/droits", 'href="https://ville.example/droits"'),
            ("2 rue du Port, 75000 Paris", "2 rue du Port, 75000 Paris"),
        ],
    )
    def test_can_be_written_to(self, client, settings, given, written):
        settings.DATA_OFFICER_CONTACT = given
        assert written in client.get("/donnees-personnelles/").content.decode()


@pytest.mark.django_db
class TestLegalNotice:
    def test_says_who_publishes_answers_and_hosts(self, client, settings):
        settings.AUTHORITY_ADDRESS, settings.PUBLISHER_NUMBER = "1 place du Port", "200 046 977"
        settings.PUBLICATION_DIRECTOR, settings.HOSTING = "La présidente", "Hébergeur SA, 01 00 00 00 00"
        page = client.get("/mentions-legales/").content.decode()
        for words in ("1 place du Port", "200 046 977", "La présidente", "Hébergeur SA, 01 00 00 00 00"):
            assert words in page

    def test_leaves_out_what_nobody_gave(self, client, settings):
        settings.PUBLICATION_DIRECTOR = settings.HOSTING = settings.PUBLISHER_NUMBER = ""
        page = client.get("/mentions-legales/").content.decode()
        assert "héberge" not in page
        assert "SIREN" not in page

    def test_the_doors_of_internet_are_those_that_answer(self, client, settings):
        settings.MAIL_FROM, settings.TWILIO_FROM = "demandes@ville.example", "+33937000000"
        page = client.get("/ecrire-par-internet/").content.decode().replace("\xa0", " ")
        for words in ("mailto:demandes@ville.example", "09 37 00 00 00", "40 Mo", 'href="/demande/"'):
            assert words in page

    @pytest.mark.parametrize("sender", ["", "MAIRIE", f"MG{'0' * 32}"])
    def test_a_name_that_takes_no_answer_is_no_door(self, client, settings, sender):
        settings.TWILIO_FROM = sender
        assert "Par SMS" not in client.get("/ecrire-par-internet/").content.decode()


class TestBrowser:
    @pytest.mark.parametrize(
        "path", ["/accessibilite/", "/donnees-personnelles/", "/mentions-legales/", "/ecrire-par-internet/"]
    )
    def test_axe_finds_nothing(self, browse, chloe, path):
        assert violations(browse(chloe, path)) == []
