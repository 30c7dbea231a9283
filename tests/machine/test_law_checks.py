"""What the law wants on the pages is asked for at start, in plain words."""

import pytest

from gru import checks, doctor, law_checks

WHOLE = {
    "DATA_OFFICER_CONTACT": "dpo@ville.example",
    "RELAY_URL": "https://relais.example/ville?s=1",
    "AUTHORITY_ADDRESS": "1 place de la Mairie, 69000 Ville",
    "PUBLICATION_DIRECTOR": "La présidente",
    "HOSTING": "Un hébergeur, 2 rue du Port, 75000 Paris, 01 00 00 00 00",
}


@pytest.fixture
def real(settings):
    settings.PUBLIC_URL, settings.EMBEDDED = "https://demandes.example", False
    for name, value in WHOLE.items():
        setattr(settings, name, value)
    return settings


def ids(*messages):
    return [message.id for message in messages]


class TestDataOfficer:
    def test_F13_a_real_site_refuses_to_start_without_a_contact(self, real, monkeypatch, capsys):
        real.DATA_OFFICER_CONTACT = ""
        [error] = law_checks.data_officer_can_be_reached()
        assert (error.id, error.msg) == ("gru.E030", "GRU_DATA_OFFICER_CONTACT manque.")
        monkeypatch.setattr(checks, "run_checks", lambda **_: [error])
        with pytest.raises(SystemExit) as ended:
            checks.refuse_half_configured()
        assert ended.value.code == 69
        assert "e-mail, page en https:// ou adresse postale" in capsys.readouterr().err

    @pytest.mark.parametrize("url", ["http://127.0.0.1:8000", "http://localhost"])
    def test_a_laptop_starts_without_one(self, settings, url):
        settings.DATA_OFFICER_CONTACT, settings.PUBLIC_URL, settings.EMBEDDED = "", url, False
        assert law_checks.data_officer_can_be_reached() == []

    @pytest.mark.parametrize(
        "given",
        ["dpo@ville.example", "https://ville.example/vos-droits?x=1", "DPO, 20 rue du Lac, 69003 Lyon"],
    )
    def test_an_e_mail_a_page_or_a_postal_address_will_do(self, real, given):
        real.DATA_OFFICER_CONTACT = given
        assert law_checks.data_officer_can_be_reached() == []

    @pytest.mark.parametrize(
        "given",
        ["oui", "dpo@", "@ville.fr", "a b@c.fr", "http://ville.example/", "javascript:x", "https://"],
    )
    def test_anything_else_is_refused_even_on_a_laptop(self, real, given):
        real.DATA_OFFICER_CONTACT, real.PUBLIC_URL = given, "http://127.0.0.1:8000"
        assert ids(*law_checks.data_officer_can_be_reached()) == ["gru.E030"]


class TestRelay:
    @pytest.mark.parametrize(
        "given", ["relais.example", "http://relais.example/", "https://a b", "https://[a", 'https://a.fr/">x']
    )
    def test_a_link_that_would_not_work_is_refused(self, real, given):
        real.RELAY_URL = given
        assert ids(*law_checks.relay_is_an_address()) == ["gru.E031"]

    def test_a_service_with_a_query_is_taken(self, real):
        assert law_checks.relay_is_an_address() == []


class TestWhole:
    def test_what_is_missing_is_said_at_start_and_by_the_doctor(self, real, monkeypatch, capsys):
        real.RELAY_URL = real.HOSTING = ""
        found = law_checks.pages_of_law_are_whole()
        monkeypatch.setattr(checks, "run_checks", lambda **_: found)
        checks.refuse_half_configured()
        told = capsys.readouterr().err
        assert "GRU_RELAY_URL manque" in told
        assert "GRU_HOSTING manque" in told
        assert doctor.pages_of_law().state == "à surveiller"
        assert "GRU_RELAY_URL, GRU_HOSTING" in doctor.pages_of_law().detail

    def test_nothing_is_said_of_a_whole_site(self, real):
        assert law_checks.pages_of_law_are_whole() == []
        assert doctor.pages_of_law().state == "bon"
