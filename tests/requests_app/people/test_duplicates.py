from datetime import date

import pytest

from requests_app.people.duplicates import Identity, compare

MAIL, PHONE, SHARED = (
    ("email", "a@exemple.fr", False),
    ("phone", "+33639981234", False),
    ("phone", "+33639981234", True),
)


def who(given="", family="", usage="", year=None, born=None, *contacts):
    return Identity(given, family, usage, year or (born.year if born else None), born, contacts)


class TestRules:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (who("Samira", "Benali", "", 1968), who("BENALI", "samira", "", 1968)),
            (who("Samira", "Benali", "", 1968), who("Samira", "Ben Ali", "", 1968)),
            (who("Samira", "Benali", "", 1968), who("Samira", "Benalli", "", 1968)),
            (who("Samira", "Roux", "Benali", 1968), who("Samira", "Benali", "", 1968)),
            (who("", "", "", None, None, MAIL), who("Samira", "Benali", "", None, None, MAIL)),
            (who("Samira", "Benali", "", None, None, PHONE), who("Samira", "Benali", "", None, None, PHONE)),
            (who("Samira", "Benali", "", None, None, PHONE), who("Samira", "Benoli", "", None, None, PHONE)),
            (who("Samira", "Benali", "", None, None, PHONE), who("Samira", "Benali", "", None, None, SHARED)),
        ],
    )
    def test_propose(self, one, other):
        assert compare(one, other).is_enough

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (who("Samira", "Benali", "", None, None, PHONE), who("Karim", "Haddad", "", None, None, PHONE)),
            (who("", "", "", None, None, PHONE), who("", "", "", None, None, PHONE)),
            (who("", "", "", None, None, SHARED), who("", "", "", None, None, SHARED)),
            (
                who("Samira", "Benali", "", None, None, SHARED),
                who("Samiro", "Benali", "", None, None, SHARED),
            ),
            (who("Ali", "Roux", "", 1950, None, PHONE), who("Ali", "Roux", "", 1980, None, PHONE)),
            (who("Ana", "Roux", "", 1980, None, PHONE), who("Léo", "Roux", "", 1980, None, PHONE)),
            (who("Samira", "Benali", "", None, None, MAIL), who("Karim", "Haddad", "", None, None, MAIL)),
            (who("Samira", "Benali"), who("Samira", "Benali")),
            (who("", "Benali", "", 1968), who("", "Benali", "", 1968)),
        ],
    )
    def test_do_not_propose(self, one, other):
        assert not compare(one, other).is_enough

    def test_say_why_in_words(self):
        born = date(1968, 3, 12)
        likeness = compare(
            who("Samira", "Benali", "", None, born, PHONE), who("Samira", "Benali", "", None, born, PHONE)
        )
        assert likeness.reasons == ["même téléphone", "même nom", "même date de naissance"]

    def test_are_the_same_both_ways(self):
        one = who("Samira", "Benali", "", 1968, None, PHONE)
        other = who("Sam", "Benalli", "", 1969, None, SHARED)
        assert compare(one, other) == compare(other, one)
