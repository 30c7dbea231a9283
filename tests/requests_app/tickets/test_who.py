"""What « Qui ? » understands, as the field and `manage read_who` say it."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from requests_app.tickets.references import find_reference

FIELDS = ["name", "given_name", "family_name", "phone", "mail", "birth_year", "birth_date", "reference"]
WRONG = "Écrivez un numéro de téléphone, par exemple 06 39 98 12 34."


def read(text):
    out = StringIO()
    call_command("read_who", text, "--json", stdout=out)
    return json.loads(out.getvalue())


def told(text):
    """Only what was understood."""
    return {name: value for name, value in read(text).items() if value is not None}


class TestReadWho:
    def test_tells_every_field_in_their_order(self):
        assert list(read("Nadia Kerbec")) == FIELDS

    @pytest.mark.parametrize(
        ("text", "phone"),
        [
            ("06 12 34 56 78", "+33612345678"),
            ("06.12.05.44.55", "+33612054455"),
            ("06 12 34 5678", "+33612345678"),
            ("+33 (0)6 12 34 56 78", "+33612345678"),
            ("(06) 12 34 56 78", "+33612345678"),
            ("06 12 05 1985", "+33612051985"),
            ("٠٦١٢٣٤٥٦٧٨", "+33612345678"),
            ("0639 01 23 45", "+262639012345"),
            ("06 39 98 12 34", "+33639981234"),
            ("+41 79 123 45 67", "+41791234567"),
        ],
    )
    def test_a_number_is_no_date(self, text, phone):
        assert told(text) == {"phone": phone}

    @pytest.mark.parametrize(
        "text",
        [
            "Nadia Kerbec 06 12 05 44 55",
            "06 12 05 44 55 nadia kerbec",
            "KERBEC Nadia, tél. : 06.12.05.44.55",
            "Kerbec, Nadia (06 12 05 44 55)",
            "Mme Nadia Kerbec 06 12 05 44 55 / 04 78 63 40 40",
        ],
    )
    def test_a_name_stands_beside_a_number(self, text):
        names = {"name": "Nadia Kerbec", "given_name": "Nadia", "family_name": "Kerbec"}
        assert told(text) == {**names, "phone": "+33612054455"}

    @pytest.mark.parametrize(
        "text",
        [
            "12/03/1968 06 12 05 44 55",
            "06 12 05 44 55 12 03 1968",
            "12 03 68 06 12 05 44 55",
            "née le 12.03.1968, 0612054455",
        ],
    )
    def test_a_birth_stands_beside_a_number(self, text):
        assert told(text) == {"phone": "+33612054455", "birth_year": 1968, "birth_date": "1968-03-12"}

    def test_a_year_alone_is_that_of_a_birth(self):
        assert told("1985") == {"birth_year": 1985}
        assert told("Kerbec 85") == {"name": "Kerbec", "family_name": "Kerbec", "birth_year": 1985}

    @pytest.mark.parametrize(
        "text",
        ["061234567", "Nadia 06 12 34 56", "06 12 34 56 78 9", "+336 12 34 56 7", "00 00 00 00 00", "1" * 30],
    )
    def test_what_is_no_valid_number_is_refused(self, text):
        assert read(text) == {"error": WRONG}

    @pytest.mark.parametrize("text", ["12 34", "98 12 34", "06123456", "Kerbec 12/03/68", "Kerbec 69008"])
    def test_the_end_of_a_number_a_birth_a_postal_code_are_not(self, text):
        assert "error" not in read(text)

    def test_nothing_is_refused_and_a_star_is_anonymous(self):
        assert read("  ") == {"error": "Écrivez un nom ou un téléphone, ou * pour une personne anonyme."}
        assert told("*") == {}

    def test_an_address_is_in_small_letters_without_what_nobody_sees(self):
        assert told("\u200bAmina@Exemple.FR\u200e") == {"mail": "amina@exemple.fr"}
        assert told("Amina a@b.fr 0612054455")["phone"] == "+33612054455"

    @pytest.mark.parametrize("text", ["LYN-7K4P2Q", "lyn 7k4 p2q", "7k4p2q", "#7K4P2Q"])
    def test_a_number_of_a_ticket(self, text):
        assert told(text) == {"reference": "LYN-7K4P2Q"}

    def test_a_number_of_a_ticket_beside_a_name(self):
        assert told("Kerbec LYN-7K4P2Q") == {
            "name": "Kerbec",
            "family_name": "Kerbec",
            "reference": "LYN-7K4P2Q",
        }

    @pytest.mark.django_db
    def test_six_letters_are_a_name_unless_a_ticket_bears_them(self, make_ticket):
        assert told("Kerbec") == {"name": "Kerbec", "family_name": "Kerbec"}
        make_ticket(reference="LYN-KERBEC")
        assert told("Kerbec")["reference"] == "LYN-KERBEC"

    @pytest.mark.parametrize("text", ["Işık", "Шевченко", "Đặng", "عائشة"])
    def test_a_name_stays_as_it_is_written(self, text):
        assert told(text) == {"name": text, "family_name": text}


@pytest.mark.parametrize("typed", ["benz68", "Lyn Kerbec", "Nadège", "ben ali 68", "234567", ""])
def test_what_may_be_a_name_is_no_sure_number(typed):
    assert find_reference(typed) == ("", typed)
