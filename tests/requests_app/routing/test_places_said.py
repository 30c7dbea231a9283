"""Places as people say them: districts, slips, English, neighbours, several at once."""

import csv

import pytest

from requests_app.routing.evidence import Evidence, Outcome
from requests_app.routing.misspellings import Misspellings, is_one_slip
from requests_app.routing.names import tokens
from requests_app.routing.resolver import resolve
from requests_app.routing.territory import current
from tests.world import LYON

pytestmark = pytest.mark.usefixtures("territory")
VENISSIEUX, VILLEURBANNE, DEPARTMENT = (
    {"P98", "P100"},
    {"P108", "P109", "P110", "P112"},
    "Département du Rhône",
)


def codes(text, **evidence):
    """The Maison proposed, or those to choose from."""
    answer = resolve(Evidence(text=text, **evidence))
    return {answer.maison.code} if answer.maison else {candidate.code for candidate in answer.candidates}


class TestOneOfOurs:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("j habite aux minguettes a venissieu je voudrai un rdv", VENISSIEUX),
            ("je vis aux Minguettes", VENISSIEUX),
            ("J’habite Venissieux", VENISSIEUX),
            ("rdv villeurbane svp", VILLEURBANNE),
            ("Je vis à Rilleux", {"P64"}),
            ("I live in Bron", {"P54"}),
            ("I am near Bellecour and I need help", {"P72"}),
            ("quartier Terraillon", {"P54"}),
            ("je suis à la Duchère", {"P81"}),
            ("habitant du mas du taureau", {"P58"}),
            ("j'habite vaux en velin", {"P58"}),
            ("j’habite a st priet", {"P70"}),
            ("hébergé à Oullin", {"P89"}),
            ("logée à la Guillotière", {"P76", "P82", "P83"}),
            ("j’habite 69120. Merci", {"P58"}),
            ("je suis au 69500 et je cherche une aide", {"P54"}),
            ("69120 merci beaucoup", {"P58"}),
            ("Mon code postal est 69120\nCordialement", {"P58"}),
        ],
    )
    def test_is_understood(self, text, expected):
        assert codes(text) == expected


class TestSeveral:
    @pytest.mark.parametrize(
        "text",
        [
            "J’habite à Bron et je travaille à Villeurbanne",
            "j'habite Bron ou Villeurbanne",
            "Villeurbanne. J’habite à Bron.",
            "I live in Bron and work in Villeurbanne",
        ],
    )
    def test_are_all_shown_to_choose(self, text):
        answer = resolve(Evidence(text=text))
        assert answer.outcome == Outcome.AMBIGUOUS
        assert {candidate.code for candidate in answer.candidates} == VILLEURBANNE | {"P54"}
        assert "Le message nomme plusieurs lieux : Bron, Villeurbanne." in answer.steps

    def test_says_why(self):
        answer = resolve(Evidence(text="j habite aux minguettes a venissieu"))
        assert answer.steps[0] == "Le message nomme un lieu : Vénissieux."

    def test_the_maison_written_to_keeps_the_ticket(self):
        mailboxes = ("mdm.bron@grandlyon.com",)
        assert codes("J’habite à Givors ou à Villeurbanne", mailboxes=mailboxes) == {"P54"}

    def test_a_whole_list_of_places_chooses_none(self):
        assert codes("à Bron, Givors, Mions, Corbas, Feyzin, Irigny et Oullins") == set()


class TestOutside:
    @pytest.mark.parametrize(
        "text",
        [
            *(
                "J’habite 69630 Chaponost",
                "12 rue des Lilas, 69630 chaponost",
                "69380 Lozanne",
                "Lozanne, 69380",
            ),
            *(
                "J’habite à Lozanne",
                "rue de la gare à Chaponost 69630",
                "I live in Genas",
                "j'habite 38200 Vienne",
            ),
            "69210 Saint-Germain-Nuelles",
        ],
    )
    def test_is_proposed_to_the_department(self, text):
        answer = resolve(Evidence(text=text, topic_code="rsa-demande"))
        assert answer.outcome == Outcome.TRANSFER
        assert answer.transfer.body.startswith(DEPARTMENT)
        assert "hors du territoire" in answer.steps[0]

    @pytest.mark.parametrize(
        "evidence",
        [
            {"mailboxes": ("mdm.bron@grandlyon.com",)},
            {"known_maison_code": "P54"},
            {"place_maison_code": "P54"},
        ],
    )
    def test_words_take_nothing_from_the_maison_known_otherwise(self, evidence):
        answer = resolve(Evidence(text="J’habite 69630 Chaponost", **evidence))
        assert (answer.outcome, answer.maison.code) == (Outcome.ROUTED, "P54")
        assert "Chaponost : hors du territoire." in answer.steps

    def test_beside_a_place_of_ours_an_agent_confirms(self):
        answer = resolve(Evidence(text="J’habite à Bron, bientôt 69630 Chaponost"))
        assert answer.outcome == Outcome.AMBIGUOUS
        assert [candidate.code for candidate in answer.candidates] == ["P54"]
        assert "Chaponost : hors du territoire." in answer.steps

    @pytest.mark.parametrize(
        "text",
        [
            *(
                "je dois 15000 euros pour la rue",
                "le dossier 38200 de la rue",
                "mon voisin Alix",
                "route de Genas",
            ),
            *("un repas à cuire", "à Cours", "38200", "la fontaine du parc", "BP 38200 Vienne"),
        ],
    )
    def test_what_names_no_place_is_nowhere(self, text):
        assert resolve(Evidence(text=text)).outcome == Outcome.UNPLACED


class TestSlips:
    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            ("venissieu", "venissieux"),
            ("vennissieux", "venissieux"),
            ("venisieux", "venissieux"),
            ("vneissieux", "venissieux"),
            ("benissieux", "venissieux"),
        ],
    )
    def test_of_one_letter_is_forgiven(self, written, meant):
        assert is_one_slip(written, meant)
        assert Misspellings([meant]).meant(written) == [meant]

    @pytest.mark.parametrize(
        "written", ["venissieux", "venisie", "evneissieux", "fontaine", "x" * 10_000, ""]
    )
    def test_of_two_is_not_nor_is_none(self, written):
        assert Misspellings(["venissieux", "fontaines"]).meant(written) == []


def test_every_name_in_the_file_is_of_its_commune_and_of_a_source():
    rows = list(csv.DictReader((LYON / "spoken_places.csv").open(encoding="utf-8")))
    territory = current()
    assert all(row["source"] for row in rows)
    for row in (row for row in rows if row["kind"] != "outside"):
        (mention,) = territory.names.mentions(tokens(row["name"]))
        assert row["insee_code"] in mention.places, row
    assert "69630" in next(row for row in rows if row["name"] == "Chaponost")["postal_codes"]
