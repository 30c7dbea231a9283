from datetime import date

import pytest

from requests_app.people.births import read_birth
from requests_app.people.newcomers import newcomer
from requests_app.people.search_query import understand_query
from requests_app.people.similarity import is_similar

TODAY = date(2026, 3, 2)


def asked(typed):
    return understand_query(typed, today=TODAY)


class TestWhatWasTyped:
    def test_tells_the_name_from_the_year(self):
        found = asked("ben ali 68")

        assert (found.name, found.words, found.birth_years) == ("ben ali", ("ben", "ali"), (1968,))

    @pytest.mark.parametrize(
        "typed", ["06 39 98 12 34", "0639981234", "+33 6 39 98 12 34", "06.39.98.12.34", "0033639981234"]
    )
    def test_reads_a_phone_in_any_form(self, typed):
        assert asked(typed).phone == "+33639981234"

    def test_takes_the_beginning_of_a_number_for_no_phone(self):
        assert asked("06 39 98").phone == ""

    def test_keeps_the_name_beside_the_phone(self):
        found = asked("Paul Morel 06 39 98 12 34")

        assert (found.name, found.phone) == ("Paul Morel", "+33639981234")

    def test_lowers_an_address(self):
        assert asked("Amina@Exemple.FR").email == "amina@exemple.fr"

    @pytest.mark.parametrize(
        "typed", ["benali 12/03/1968", "benali 12.03.68", "benali 12031968", "benali 1968-03-12"]
    )
    def test_reads_a_birth_date(self, typed):
        assert asked(typed).birth_date == date(1968, 3, 12)

    @pytest.mark.parametrize(
        "typed",
        [
            "3 février 1948",
            "le 3 févr. 1948",
            "née le 3 fevrier 48",
            "Née 3 February 1948",
            "DDN : 03/02/1948",
        ],
    )
    def test_reads_a_month_in_letters(self, typed):
        found = asked(f"Jeanne Dupont {typed}")
        assert found.birth_date == date(1948, 2, 3)

    def test_leaves_no_month_nor_ordinal_in_the_name(self):
        assert asked("1er janvier 1970 Ali Ahmed").name == "Ali Ahmed"
        assert asked("Anne Martin 12 Martin 48").birth_date is None

    @pytest.mark.parametrize("typed", ["00/00/1970", "31/02/1970", "02/1970", "xx/xx/1970", "né vers 1970"])
    def test_takes_the_year_of_a_day_that_nobody_knows(self, typed):
        found = asked(f"Ali Ahmed {typed}")
        assert (found.name, found.birth_years, found.birth_date) == ("Ali Ahmed", (1970,), None)
        assert not found.has_wrong_number

    def test_an_age_names_two_years(self):
        found = asked("Awa Diallo 48 ans")
        assert (found.name, found.birth_years) == ("Awa Diallo", (1978, 1977))

    @pytest.mark.parametrize("typed", ["Jeanne DUPONT née Martin", "Jeanne DUPONT (nee Martin) 03/02/1948"])
    def test_a_birth_name_is_no_part_of_the_name_in_use(self, typed):
        found = asked(typed)
        assert (found.name, found.birth_name) == ("Jeanne DUPONT", "Martin")
        new = newcomer(found)
        assert (new.given_name, new.usage_name, new.family_name) == ("Jeanne", "Dupont", "Martin")

    def test_nobody_is_born_of_a_place_nor_of_a_name_like_it(self):
        assert asked("Awa Diallo née à Oran").birth_name == ""
        assert asked("Nina Nee Soon").name == "Nina Nee Soon"

    @pytest.mark.parametrize("typed", ["Jean Petit <jean@exemple.fr>", "Jean Petit jean @ exemple.fr"])
    def test_leaves_nothing_of_an_address_in_the_name(self, typed):
        assert (asked(typed).name, asked(typed).email) == ("Jean Petit", "jean@exemple.fr")

    def test_takes_no_day_from_amid_other_digits(self):
        assert asked("06 12 34 56").birth_date is None
        assert asked("12/03/68 69008").birth_date == date(1968, 3, 12)

    def test_lets_two_figures_name_two_years(self):
        assert asked("morel 05").birth_years == (2005, 1905)

    @pytest.mark.parametrize("typed", ["", "*", "99/99/9999", "0" * 500, "\x00", "' OR 1=1 --", "%_%"])
    def test_never_raises(self, typed):
        asked(typed)


class TestABirthField:
    def test_takes_a_year_or_a_day(self):
        assert read_birth("1968", today=TODAY) == (None, 1968)
        assert read_birth("12/03/1968", today=TODAY) == (date(1968, 3, 12), 1968)

    @pytest.mark.parametrize("typed", ["hier", "3", "1650", "2031"])
    def test_refuses_the_rest(self, typed):
        with pytest.raises(ValueError):
            read_birth(typed, today=TODAY)


class TestLikeness:
    @pytest.mark.parametrize("word", ["benali", "benoli", "benalli", "bena", "beanli", "bennali"])
    def test_forgives_a_slip(self, word):
        assert is_similar(word, "Samira Ben Ali")

    @pytest.mark.parametrize("word", ["martin", "bernard", "sami-r", "alix"])
    def test_but_not_another_name(self, word):
        assert not is_similar(word, "Paul Benali")
