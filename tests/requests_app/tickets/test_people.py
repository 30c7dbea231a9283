from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from requests_app.access.scope import scope_of
from requests_app.casefile.person_search import likely_same, search_people
from requests_app.people.models import ContactPoint
from requests_app.people.search_query import understand_query


@pytest.fixture
def find(bruno):
    def ask(query, user=bruno):
        return [line.name for line in search_people(scope_of(user), query, at=timezone.now())]

    return ask


@pytest.fixture
def samira(make_person, make_ticket):
    person = make_person(given_name="Samira", family_name="Benali", birth_year=1968, phone="+33639981234")
    make_ticket(person=person)
    return person


@pytest.fixture
def karim(make_person, make_ticket):
    person = make_person(given_name="Karim", family_name="Ben Ali", birth_year=1990)
    make_ticket(person=person)
    return person


@pytest.fixture
def stranger(make_person, make_ticket, villeurbanne):
    person = make_person(
        given_name="Zoé",
        family_name="Durand-Lévy",
        birth_date=date(1980, 5, 4),
        phone="+33639985555",
        email="zoe@exemple.fr",
    )
    make_ticket(person=person, maison=villeurbanne)
    return person


class TestDigits:
    def test_a_year_finds_who_was_born_then_and_whose_phone_ends_so(self, find, samira, karim, make_ticket):
        ContactPoint.objects.create(
            person=karim, kind="phone", value="+33612341968", created_at=timezone.now()
        )
        assert find("1968") == ["Samira Benali", "Karim Ben Ali"]
        assert find("98 12 34") == ["Samira Benali"]

    def test_A05_a_year_finds_nobody_of_another_place(self, find, stranger):
        assert find("1980") == find("04/05/1980") == []

    def test_a_day_of_birth_finds_who_is_known_here(self, find, make_person, make_ticket):
        make_ticket(person=make_person(given_name="Ada", family_name="Roy", birth_date=date(1980, 5, 4)))
        assert find("04/05/1980") == ["Ada Roy"]

    @pytest.mark.parametrize("typed", ["LYN-7K4P2Q", "lyn 7k4p2q", "Samira 7K4P2Q"])
    def test_the_number_of_a_ticket_finds_whose_it_is(self, find, samira, make_ticket, typed):
        make_ticket(person=samira, reference="LYN-7K4P2Q")
        assert find(typed) == ["Samira Benali"]

    def test_A02_but_not_that_of_another_place(self, find, stranger, villeurbanne, make_ticket):
        make_ticket(person=stranger, maison=villeurbanne, reference="LYN-7K4P2Q")
        assert find("LYN-7K4P2Q") == []


class TestNames:
    def test_finds_the_year_first_then_the_others(self, find, samira, karim):
        assert find("ben ali 68") == ["Samira Benali", "Karim Ben Ali"]

    @pytest.mark.parametrize("typed", ["benali", "karim benali", "banali", "karin ben ali"])
    def test_finds_two_words_typed_as_one(self, find, karim, typed):
        assert find(typed) == ["Karim Ben Ali"]

    def test_a_wrong_letter_in_one_word_does_not_free_the_other(self, find, samira, karim):
        assert find("samira benoli") == ["Samira Benali"]

    @pytest.mark.parametrize("typed", ["BENALI", "samira ben", "Bénali samira", "benoli", "samria benali"])
    def test_forgives_case_accents_order_and_a_wrong_letter(self, find, samira, typed):
        assert "Samira Benali" in find(typed)

    @pytest.mark.parametrize("typed", ["jean pierre", "pierre", "jean-pierre", "almeida", "d’almeida"])
    def test_reads_hyphens_and_apostrophes_as_spaces(self, find, make_person, make_ticket, typed):
        make_ticket(person=make_person(given_name="Jean-Pierre", family_name="D’Almeida"))

        assert find(typed) == ["Jean-Pierre D’Almeida"]

    @pytest.mark.parametrize("typed", ["", " ", "a", "68", "%", "_", "* *"])
    def test_finds_nobody_by_almost_nothing(self, find, samira, typed):
        assert find(typed) == []


class TestNeedToKnow:
    def test_A05_a_name_finds_only_persons_of_ones_own_maisons(self, find, stranger, elsa):
        assert find("durand") == []
        assert find("durand lévy 1980") == []
        assert find("durand", elsa) == ["Zoé Durand-Lévy"]

    @pytest.mark.parametrize(
        "typed", ["06 39 98 55 55", "+33 6 39 98 55 55", "ZOE@exemple.fr", "durand levy 4/5/1980"]
    )
    def test_A05_others_are_found_by_phone_mail_or_name_and_birth_date(self, find, stranger, typed):
        assert find(typed) == ["Zoé Durand-Lévy"]

    @pytest.mark.parametrize("typed", ["5555", "06 39 98 55", "d 4/5/1980", "zoé 4/5/1980", "4/5/1980"])
    def test_A05_a_part_of_it_finds_nobody_elsewhere(self, find, stranger, typed):
        assert find(typed) == []

    def test_A05_a_line_shows_a_masked_phone_and_counts_what_one_may_read(self, bruno, stranger, make_ticket):
        make_ticket(person=stranger)
        make_ticket(person=stranger, topic="enfance-danger")
        line = search_people(scope_of(bruno), "0639985555", at=timezone.now())[0]

        assert (line.birth_year, line.phone, line.open_count) == (1980, "06 ** ** 55 55", 1)

    def test_A03_a_reserved_demand_makes_no_name_known(
        self, find, bruno, david, chloe, make_person, make_ticket
    ):
        """« Known here, and no page of theirs opens » would say what the ticket is."""
        hidden = make_person(given_name="Inès", family_name="Rey", birth_year=1990, phone="+33639985556")
        make_ticket(person=hidden, topic="violences-conjugales")
        for user in (bruno, david):
            assert find("inès rey", user) == []
            assert find("ines rei", user) == []
            asked = understand_query("inès rey 1990", today=date(2026, 3, 2))
            assert likely_same(scope_of(user), asked) == []
            assert find("06 39 98 55 56", user) == ["Inès Rey"]
        assert find("inès rey", chloe) == ["Inès Rey"]

    def test_the_whole_territory_is_known_to_the_central_team(self, find, central, stranger, samira):
        assert find("durand", central) == ["Zoé Durand-Lévy"]

    def test_the_administrator_finds_nobody_by_name(self, find, admin, samira):
        assert find("benali", admin) == []


class TestDuplicates:
    def asked(self, typed):
        return understand_query(typed, today=date(2026, 3, 2))

    def test_the_same_phone_or_the_same_name_and_year_is_likely_the_same(self, bruno, samira):
        scope = scope_of(bruno)

        assert [p.id for p in likely_same(scope, self.asked("0639981234"))] == [samira.pk]
        assert [p.id for p in likely_same(scope, self.asked("samira benali 1968"))] == [samira.pk]
        assert likely_same(scope, self.asked("samira benali 1969")) == []
        assert likely_same(scope, self.asked("samira benali")) == []

    def test_A02_a_namesake_of_another_maison_stays_hidden(self, bruno, stranger):
        assert likely_same(scope_of(bruno), self.asked("zoé durand lévy 1980")) == []


class TestStatements:
    def test_costs_one_statement_or_three_when_few_are_found(self, bruno, samira, django_assert_num_queries):
        scope = scope_of(bruno)

        with django_assert_num_queries(1):
            search_people(scope, "0639981234", at=timezone.now())
        with django_assert_num_queries(3):
            search_people(scope, "benali 68", at=timezone.now())

    def test_costs_one_by_digits_or_by_two_ways_to_reach(self, bruno, samira, django_assert_num_queries):
        scope = scope_of(bruno)
        for typed in ("1968", "12 34", "0639981234 samira@exemple.fr"):
            with django_assert_num_queries(1):
                found = search_people(scope, typed, at=timezone.now())
            assert [line.id for line in found] == [samira.pk]


class TestPlans:
    """One list of ids or another: neither reads every person of the town."""

    @pytest.fixture
    def town(self, samira):
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO people_person (given_name, family_name, usage_name, birth_year, birth_date,"
                " created_at) SELECT 'Ada', 'Roy', '', 1930 + n % 90, make_date(1930 + n % 90, 5, 4), now()"
                " FROM generate_series(1, 20000) n"
            )
            cursor.execute(
                "INSERT INTO people_contactpoint (person_id, kind, value, is_shared, usable_for, created_at)"
                " SELECT id, 'phone', '+33600' || lpad(id::text, 6, '0'), false, '{}', now()"
                " FROM people_person WHERE given_name = 'Ada'"
            )
            cursor.execute("ANALYZE people_person; ANALYZE people_contactpoint")

    @pytest.mark.parametrize("user", ["bruno", "central"])
    @pytest.mark.parametrize("typed", ["1985", "04/05/1985", "0639981234 samira@exemple.fr"])
    def test_no_person_is_read_but_those_found(self, town, request, user, typed):
        scope = scope_of(request.getfixturevalue(user))
        with CaptureQueriesContext(connection) as asked:
            search_people(scope, typed, at=timezone.now())
        (statement,) = asked.captured_queries
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN " + statement["sql"].replace("%", "%%"), [])
            plan = "\n".join(line for (line,) in cursor.fetchall())
        assert "Seq Scan on people_" not in plan, plan


class TestLastFigures:
    """« 12 34 »: as the masked number shows them; never beyond the agent's own Maisons."""

    @pytest.mark.parametrize("typed", ["1234", "12 34", "98 12 34", "981234", "12.34", "39981234"])
    def test_find_who_is_known_here(self, find, samira, karim, typed):
        assert find(typed) == ["Samira Benali"]

    @pytest.mark.parametrize("typed", ["234", "4321", "1234 x", "99 12 34"])
    def test_find_nobody_else(self, find, samira, typed):
        assert find(typed) == []

    def test_A05_find_nobody_of_another_maison(self, find, samira, stranger):
        assert find("55 55") == []
        assert find("06 39 98 55 55") == ["Zoé Durand-Lévy"]

    def test_a_birth_date_beside_a_name_stays_a_date(self, find, samira):
        assert find("samira 68") == ["Samira Benali"]

    def test_are_read_by_an_index(self, db):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
        plan = ContactPoint.objects.ending_with("1234").explain()
        assert "contact_point_phone_end" in plan
