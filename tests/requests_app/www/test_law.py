"""The pages of law say what is true, and no more."""

from datetime import date

import pytest
import time_machine

from requests_app.www.public import accessibility
from requests_app.www.public.grid import BY_AXE, BY_HAND, WORDS, Summary, grid, merge
from requests_app.www.public.grid import _index_by_number as read_results
from tests.browser import violations
from tests.rgaa import Measure, store

STATED = {
    "stated_on": date(2026, 11, 25),
    "referential": "RGAA 4.1",
    "technologies": [],
    "checks": [],
    "not_accessible": [],
}


def audit(year=2026):
    return {"by": "Un cabinet", "on": date(year, 1, 1)}


def found(met=0, not_met=0, not_concerned=0, not_checked=0):
    return Summary(met, not_met, not_concerned, not_checked)


class TestAccessibility:
    def test_the_file_can_be_read(self):
        assert accessibility.statement().words_on(date(2026, 12, 1))

    @pytest.mark.parametrize(
        ("summary", "given", "state"),
        [
            (found(met=106), None, "none"),
            (found(met=106), audit(), "full"),
            (found(met=90, not_concerned=16), audit(), "full"),
            (found(met=106), audit(year=2022), "none"),
            (found(met=105, not_checked=1), audit(), "none"),
            (found(met=45, not_met=45, not_concerned=16), audit(), "partial"),
            (found(met=44, not_met=46, not_concerned=16), audit(), "none"),
        ],
        ids=["no audit", "all", "all that concern", "old audit", "one not checked", "half", "less than half"],
    )
    def test_the_state_is_computed_and_never_claims_more_than_the_grid(self, summary, given, state):
        stated = {**STATED, "audit": given} if given else STATED
        assert accessibility.read(stated, summary).state == state

    @pytest.mark.parametrize(
        ("audited", "stated", "state"),
        [
            (date(2023, 11, 25), date(2026, 11, 25), "full"),
            (date(2023, 11, 24), date(2026, 11, 25), "none"),
            (date(2023, 1, 1), date(2026, 12, 31), "none"),
            (date(2024, 2, 29), date(2027, 3, 1), "full"),
            (date(2024, 2, 29), date(2027, 3, 2), "none"),
            (date(2026, 11, 26), date(2026, 11, 25), "none"),
        ],
    )
    def test_an_audit_is_worth_three_years_to_the_day(self, audited, stated, state):
        stated = {**STATED, "stated_on": stated, "audit": {"by": "Un cabinet", "on": audited}}
        assert accessibility.read(stated, found(met=106)).state == state

    def test_a_statement_past_its_three_years_claims_nothing(self):
        said = accessibility.read({**STATED, "audit": audit()}, found(met=106))
        assert str(said.words_on(date(2029, 11, 25))) == "Accessibilité : totalement conforme"
        assert str(said.words_on(date(2029, 11, 26))) == "Accessibilité : non conforme"

    def test_each_kind_of_content_is_said_even_when_there_is_none(self):
        content = {"kind": "burden", "fr": "Les vieux plans : les refaire coûterait un an de travail."}
        said = accessibility.read({**STATED, "not_accessible": [content]}, found())
        texts = [each.texts for each in said.not_accessible]
        assert texts == [[], [content["fr"]], []]
        assert [str(each.none) for each in said.not_accessible][1] == "Aucune dérogation."

    def test_a_content_of_no_kind_is_refused(self):
        with pytest.raises(ValueError, match="kind"):
            accessibility.read({**STATED, "not_accessible": [{"fr": "x"}]}, found())

    @pytest.mark.django_db
    def test_links_the_plans_or_says_that_there_are_none(self, client, settings):
        page = client.get("/accessibilite/").content.decode()
        assert "n’est pas encore publié" in page.replace("\xa0", " ")
        settings.ACCESSIBILITY_PLAN_URL = "https://ville.example/schema.pdf"
        settings.ACCESSIBILITY_ACTIONS_URL = "https://ville.example/2026"
        page = client.get("/accessibilite/").content.decode()
        assert "pas encore publi" not in page
        for url in ("https://ville.example/schema.pdf", "https://ville.example/2026"):
            assert f'href="{url}"' in page

    @pytest.mark.django_db
    def test_can_be_answered_in_writing_and_says_of_which_sites(self, client, settings):
        settings.MAIL_FROM, settings.PUBLIC_URL = "accueil@ville.example", "https://gru.ville.example"
        page = client.get("/accessibilite/").content.decode().replace("\xa0", " ")
        for words in (
            'href="mailto:accueil@ville.example"',
            'href="/demande/"',
            "https://gru.ville.example/",
        ):
            assert words in page
        for words in (
            "Dérogations pour charge disproportionnée",
            "ne règle pas le problème",
            "09 69 39 00 00",
        ):
            assert words in page

    @pytest.mark.django_db
    def test_once_over_says_that_it_is_to_be_made_again(self, client):
        with time_machine.travel(date(2031, 1, 1)):
            page = client.get("/accessibilite/").content.decode().replace("\xa0", " ")
        assert "n’est plus valable depuis le" in page

    @pytest.mark.django_db
    def test_the_agents_pages_are_linked_to_it(self, client_of, chloe):
        page = client_of(chloe).get("/tri/").content.decode().replace("\xa0", " ")
        assert '<a href="/accessibilite/">Accessibilité : non conforme</a>' in page

    @pytest.mark.django_db
    def test_says_whom_to_turn_to(self, client, settings):
        settings.AUTHORITY_PHONE = "04 78 00 00 01"
        page = client.get("/accessibilite/").content.decode().replace("\xa0", " ")
        for words in ("non conforme", "04 78 00 00 01", "Défenseur des droits", "Libre réponse 71120"):
            assert words in page


class TestGrid:
    PER_THEME = (9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12)  # RGAA 4.1

    def test_has_the_106_criteria_in_their_order(self):
        numbers = [f"{theme}.{n}" for theme, most in enumerate(self.PER_THEME, 1) for n in range(1, most + 1)]
        assert [each.number for each in grid()] == numbers
        assert len(numbers) == 106

    @pytest.mark.parametrize("name", [BY_AXE, BY_HAND])
    def test_each_result_is_of_a_criterion_and_one_of_four_words(self, name):
        rows = read_results(name)
        assert rows.keys() <= {each.number for each in grid()}
        assert {row["result"] for row in rows.values()} <= WORDS.keys()

    @pytest.mark.parametrize(
        ("axe", "hand", "result", "by"),
        [
            (None, None, "NT", ""),
            ("C", None, "C", "axe"),
            (None, "C", "C", "Zoé"),
            ("C", "NC", "NC", "Zoé"),
            ("NC", "C", "NC", "axe"),
            ("NA", "C", "NA", "axe"),
        ],
    )
    def test_a_fault_that_either_found_is_one(self, axe, hand, result, by):
        criteria = [{"criterion": "1.1", "theme": "Images", "title": "x"}]
        by_axe = {"1.1": {"result": axe, "rules": "image-alt"}} if axe else {}
        row = {"result": hand, "checked_on": "2026-11-30", "by": "Zoé", "note": ""}
        [each] = merge(criteria, by_axe, {"1.1": row} if hand else {})
        assert (each.result, each.by) == (result, by)

    @pytest.mark.django_db
    def test_the_page_and_the_file_say_the_same(self, client):
        page = client.get("/accessibilite/").content.decode().replace("\xa0", " ")
        answer = client.get("/accessibilite/grille.csv")
        lines = answer.content.decode("utf-8-sig").splitlines()
        assert answer.headers["Content-Disposition"] == 'attachment; filename="grille-rgaa.csv"'
        assert len(lines) == 107
        not_checked = sum('"NT"' in line for line in lines)
        assert f"{not_checked} pas encore vérifiés" in page
        assert "Les 106 critères" in page


class TestMeasure:
    def rule(self, name, *tags):
        return {"id": name, "tags": ["RGAAv4", *tags]}

    def test_the_worst_page_decides_and_doubt_leaves_it_to_a_person(self):
        measure = Measure()
        nothing: dict[str, list[dict[str, object]]] = {
            name: [] for name in ("violations", "incomplete", "passes", "inapplicable")
        }
        alt = self.rule("image-alt", "RGAA-1.1.1")
        contrast, lang = self.rule("color-contrast", "RGAA-3.2.1"), self.rule("lang", "RGAA-8.3.1")
        measure.add({**nothing, "passes": [alt, contrast], "inapplicable": [lang]})
        measure.add({**nothing, "violations": [alt], "incomplete": [contrast], "inapplicable": [lang]})
        assert measure.as_csv() == "criterion,result,rules\n1.1,NC,image-alt\n8.3,NA,lang\n"

    def test_what_is_new_is_written_once(self, tmp_path):
        file, measure = tmp_path / "axe.csv", Measure()
        file.write_text("")
        assert store(measure, file)
        assert not store(measure, file)


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
