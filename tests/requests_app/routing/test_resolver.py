"""From evidence to a Maison: never a wrong one, and the reasons."""

import pytest

from requests_app.maisons.models import Maison
from requests_app.routing.evidence import Evidence, Outcome
from requests_app.routing.resolver import resolve

pytestmark = pytest.mark.usefixtures("territory")

ROUTED, AMBIGUOUS, TRANSFER, UNPLACED = (
    Outcome.ROUTED,
    Outcome.AMBIGUOUS,
    Outcome.TRANSFER,
    Outcome.UNPLACED,
)


def advise(**evidence):
    return resolve(Evidence(**evidence))


def where(**evidence):
    """The code when routed, else the codes to choose from."""
    answer = advise(**evidence)
    return answer.maison.code if answer.maison else [candidate.code for candidate in answer.candidates]


class TestAddress:
    @pytest.mark.parametrize(
        ("address", "expected"),
        [
            ("25 avenue Gabriel-Péri, 69250 Albigny-sur-Saône", "P62"),
            ("69250", "P62"),
            ("12 rue de la gare 69671 BRON CEDEX", "P54"),
            ("Mairie, 69205 Lyon Cedex 01", "P71"),
            ("69009", "P81"),
            ("3 rue de Bron, 69009 Lyon", "P81"),
            ("3 rue Pierre Lyon 9", "P81"),
            ("Lyon 9ème", "P81"),
            ("LYON IX", "P81"),
            ("Lyon neuvième", "P81"),
            ("69 009 lyon", "P81"),
            ("F-69009 LYON 09", "P81"),
            ("4 rue Paul Pic 69500 Bron", "P54"),
            ("69800 St Priest", "P70"),
            ("ST. FONS", "P96"),
            ("69110 Ste-Foy-lès-Lyon", "P104"),
            ("Neuville s/ Saône", "P62"),
            ("69520 GRIGNY", "P86"),
            ("rue X, Décines", "P66"),
            ("69120 Vaulx en velin", "P58"),
            ("69600 Oullins", "P89"),
            ("Pierre-Bénite", "P87"),
            ("69310 Oullins-Pierre-Bénite", "P87"),
            ("8 place Abbé Pierre 69009", "P81"),
            ("Rue Docteur Albéric Pont Lyon 5e", "P79"),
            ("69500 Bronn", "P54"),
        ],
    )
    def test_leads_to_the_one_maison(self, address, expected):
        assert where(address=address) == expected

    @pytest.mark.parametrize(
        ("address", "expected"),
        [
            ("12 rue de Bron, Lyon 8", ["P84", "P85"]),
            ("69008", ["P84", "P85"]),
            ("69003 Bron", ["P76", "P54"]),
            ("Oullins-Pierre-Bénite", ["P87", "P89"]),
            ("69100 Villeurbanne", ["P108", "P110", "P109", "P112"]),
            ("Résidence Y, Givors ou Bron", ["P54", "P86"]),
            ("69500 Bron puis 69700 Givors", ["P86", "P54"]),
        ],
    )
    def test_with_several_maisons_lets_an_agent_choose(self, address, expected):
        answer = advise(address=address)
        assert answer.outcome == AMBIGUOUS
        assert sorted(c.code for c in answer.candidates) == sorted(expected)

    @pytest.mark.parametrize("address", ["69380 Le Lozan", "12 rue X 69390 Vourley", "69280 La Consorce"])
    def test_of_a_town_nobody_knows_with_our_postal_code_is_not_taken_for_ours(self, address):
        answer = advise(address=address)
        assert answer.outcome == AMBIGUOUS
        assert any("peut-être hors du territoire" in step for step in answer.steps)

    @pytest.mark.parametrize(
        "address",
        [
            *("69400 Villefranche-sur-Saône", "75011 Paris", "07000 Saint-Priest"),
            *("69380 Lozanne", "Lozanne, 69380", "12 rue de la Mairie Lozanne 69380", "12 rue X, Lozanne"),
            *("12 rue X 69390 Vourles", "69280 Sainte-Consorce", "Grézieu la Varenne - 69290"),
            *("69630 Chaponost", "Saint-Cyr-sur-le-Rhône", "Sainte-Foy-l’Argentière"),
        ],
    )
    def test_outside_goes_to_the_department(self, address):
        answer = advise(address=address, topic_code="rsa-demande")
        assert answer.outcome == TRANSFER
        assert answer.transfer.body.startswith("Département du Rhône")

    @pytest.mark.parametrize(
        "address",
        ["Saint-Priest-en-Jarez", "Saint-Cyr-sur-Menthon", "Neuville-les-Dames", "12 rue Alix"],
    )
    def test_of_a_longer_name_is_not_taken_for_ours(self, address):
        assert advise(address=address).outcome == UNPLACED

    @pytest.mark.parametrize("address", ["", "12 rue des Lilas", "chez ma sœur", "0" * 5000, "\0\ud800"])
    def test_that_says_nothing_is_unplaced(self, address):
        assert advise(address=address).outcome == UNPLACED

    def test_asks_for_the_arrondissement(self):
        answer = advise(address="5 rue Neuve, Lyon")
        assert len(answer.candidates) == 11
        assert "Il manque l’arrondissement de Lyon." in answer.steps


class TestInseeCode:
    @pytest.mark.parametrize(
        ("evidence", "expected"),
        [
            ({"insee": "69081"}, "P102"),
            ({"insee": "69152"}, "P87"),
            ({"insee": "69149", "postal_code": "69600"}, "P89"),
            ({"insee": "69149", "address": "1 rue X 69310 Oullins-Pierre-Bénite"}, "P87"),
            ({"insee": "69123", "address": "1 rue X 69009 Lyon"}, "P81"),
            ({"insee": "69123", "postal_code": "69001"}, "P71"),
            ({"insee": "69388"}, ["P84", "P85"]),
            ({"insee": "69029", "address": "69700 Givors"}, "P54"),
        ],
    )
    def test_wins_and_the_address_only_makes_it_finer(self, evidence, expected):
        assert where(**evidence) == expected

    def test_against_the_address_lowers_the_confidence_and_says_so(self):
        answer = advise(insee="69081", address="69700 Givors")
        assert (answer.maison.code, answer.confidence) == ("P102", "low")
        assert any("nomme un autre lieu" in step for step in answer.steps)

    def test_of_another_department_is_transferred(self):
        assert advise(insee="38185").outcome == TRANSFER

    @pytest.mark.parametrize("insee", ["x", "69", "'; DROP TABLE", "9" * 10_000])
    def test_that_is_none_is_ignored(self, insee):
        assert advise(insee=insee).outcome == UNPLACED
        assert where(insee=insee, postal_code="69500") == "P54"


class TestMailbox:
    def test_leads_to_its_maison(self):
        assert where(mailboxes=("MDM.bron@grandlyon.com",)) == "P54"

    def test_may_be_the_same_word_at_our_own_domain(self, settings):
        settings.MAIL_DOMAIN = "demande.exemple"
        assert where(mailboxes=("mdm.lyon8-est+abc@demande.exemple",)) == "P84"
        assert where(mailboxes=("mdm.lyon8-est@autre.exemple",)) == []

    def test_of_several_sites_is_the_principal_one(self):
        assert where(mailboxes=("mdm.st-fons@grandlyon.com",)) == "P96"

    def test_of_several_principal_sites_lets_an_agent_choose(self):
        assert len(where(mailboxes=("mdm.villeurbanne@grandlyon.com",))) == 4

    def test_chooses_among_the_maisons_of_an_address(self):
        assert where(mailboxes=("mdm.lyon8-est@grandlyon.com",), insee="69388") == "P84"

    def test_against_the_address_is_ambiguous(self):
        answer = advise(mailboxes=("mdm.bron@grandlyon.com",), address="69120 Vaulx-en-Velin")
        assert answer.outcome == AMBIGUOUS
        assert [candidate.code for candidate in answer.candidates] == ["P54", "P58"]

    def test_against_an_address_outside_is_ambiguous(self):
        assert advise(mailboxes=("mdm.bron@grandlyon.com",), insee="38185").outcome == AMBIGUOUS


class TestKnownMaison:
    def test_is_taken_when_nothing_else_speaks(self):
        assert where(known_maison_code="P84") == "P84"

    def test_chooses_among_candidates(self):
        assert where(known_maison_code="P85", insee="69388") == "P85"

    def test_gives_way_to_a_new_address_and_the_step_says_it(self):
        answer = advise(known_maison_code="P84", insee="69034")
        assert (answer.maison.code, answer.confidence) == ("P60", "medium")
        assert "Ce n’est pas la même Maison : à vérifier." in answer.steps

    def test_of_proximity_does_not_contradict_its_commune(self):
        answer = advise(known_maison_code="P3667", insee="69388")
        assert "Ce n’est pas la même Maison : à vérifier." not in answer.steps

    def test_that_closed_is_forgotten(self):
        Maison.objects.filter(code="P84").update(closed_on="2026-01-01")
        assert where(known_maison_code="P84") == []
        assert where(insee="69388") == "P85"


class TestDesk:
    def test_receives_those_who_say_nothing_else(self):
        assert where(place_maison_code="P84") == "P84"

    def test_does_not_keep_those_who_live_elsewhere(self):
        assert where(place_maison_code="P84", insee="69029") == "P54"


class TestText:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Bonjour, la Métropole de Lyon m’a écrit. J’habite à Bron.", "P54"),
            ("j'habite Vaulx en Velin depuis 2 ans", "P58"),
            ("Mon adresse : 3 rue de Bron\n69009 Lyon", "P81"),
            ("je suis dans le 3ème arrondissement", "P76"),
            ("Cordialement\nMme X\nBron", "P54"),
            ("Bron, le 4 novembre", "P54"),
            ("code postal 69500", "P54"),
        ],
    )
    def test_that_names_one_place_leads_there(self, text, expected):
        assert where(text=text) == expected

    @pytest.mark.parametrize(
        "text",
        [
            "Je suis Charly Dupont",
            "Bonjour Métropole de Lyon, Grand Lyon",
            "rue de Vaulx-en-Velin",
            "dossier 69003",
            "le 69 00 03 12 34",
            "amina@bron.fr, www.mairie-bron.fr",
        ],
    )
    def test_that_names_none_leads_nowhere(self, text):
        assert advise(text=text).outcome == UNPLACED

    def test_that_contradicts_an_address_only_lowers_the_confidence(self):
        answer = advise(text="je travaille à Givors", insee="69034")
        assert (answer.maison.code, answer.confidence) == ("P60", "medium")


class TestTopic:
    def test_of_the_commune_goes_to_its_town_hall(self):
        answer = advise(insee="69081", topic_code="etat-civil")
        assert (answer.transfer.body, answer.transfer.insee_code) == ("Mairie d’Écully", "69081")

    def test_of_the_commune_goes_to_the_town_hall_of_the_arrondissement(self):
        assert advise(postal_code="69008", topic_code="creche-inscription").transfer.insee_code == "69388"

    def test_of_the_commune_goes_to_the_new_commune_of_a_delegated_one(self):
        assert advise(address="69310 Pierre-Bénite", topic_code="etat-civil").transfer.insee_code == "69149"

    def test_of_a_commune_not_known_names_no_town_hall(self):
        answer = advise(postal_code="69250", topic_code="etat-civil")
        assert (answer.transfer.insee_code, answer.confidence) == ("", "low")
        assert "Commune à préciser avec la personne." in answer.steps

    @pytest.mark.parametrize(("topic", "body"), [("caf", "CAF du Rhône"), ("voirie", "Métropole de Lyon")])
    def test_of_others_is_transferred_from_anywhere(self, topic, body):
        for evidence in ({}, {"insee": "69388"}):
            answer = advise(topic_code=topic, **evidence)
            assert answer.outcome == TRANSFER
            assert answer.transfer.body.startswith(body)

    @pytest.mark.parametrize(
        "topic", ["rsa-demande", "autre", "mode-de-garde-info", "hebergement-urgence", ""]
    )
    def test_of_ours_is_routed(self, topic):
        assert where(insee="69029", topic_code=topic) == "P54"

    def test_that_is_urgent_shows_its_numbers_first(self):
        assert "119 ou le 17" in advise(topic_code="enfance-danger").steps[0]
        assert "3919 ou le 17" in advise(insee="69029", topic_code="violences-conjugales").steps[0]

    def test_that_the_catalog_lacks_is_said(self):
        assert advise(insee="69029", topic_code="licorne").steps[0].startswith("Motif « licorne » inconnu")


class TestLocalSites:
    def test_are_named_and_never_chosen(self):
        answer = advise(insee="69276")
        assert answer.maison.code == "P96"
        assert "Site de proximité : Feyzin." in answer.steps

    def test_closed_to_the_public_are_said_closed(self):
        assert "Fermée au public : Francheville." in advise(insee="69089").steps


class TestCandidates:
    def test_come_nearest_first_when_a_point_is_given(self):
        assert where(insee="69388", lat=45.7374, lon=4.8704) == ["P85", "P84"]
        assert where(insee="69388", lat=45.7296, lon=4.8849) == ["P84", "P85"]
