"""Searches of persons are written down and counted by the hour (threats: A05)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from requests_app.access.models import PersonSearch
from requests_app.access.scope import scope_of
from requests_app.accounts.models import Role
from requests_app.casefile.logged_search import find_similar, search_logged
from requests_app.casefile.person_search import search_people
from requests_app.people.search_query import SearchQuery

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def known(make_ticket, amina):
    """Amina, whom Lyon 8e knows."""
    make_ticket(person=amina)
    return amina


@pytest.fixture
def few(settings):
    settings.PERSON_SEARCHES_PER_HOUR = 3


def look(user, typed="benali", at=None):
    return search_logged(by=user, typed=typed, at=at or timezone.now())


class TestWritten:
    @pytest.mark.parametrize(
        ("typed", "way", "found"),
        [
            ("benali", "name", 1),
            ("benali 68", "name", 1),
            ("zzzzz", "name", 0),
            ("06 39 98 12 34", "phone", 1),
            ("12 34", "phone_end", 1),
            ("amina.benali@exemple.fr", "email", 1),
            ("amina benali 12/03/1968", "birth", 1),
            ("LYN-7K4P2Q", "number", 0),
        ],
    )
    def test_A05_who_when_by_what_and_how_many(self, bruno, lyon_8, known, typed, way, found):
        at = timezone.now()
        look(bruno, typed, at)
        row = PersonSearch.objects.get()
        assert (row.user, row.maison, row.at) == (bruno, lyon_8, at)
        assert (row.way, row.found, row.was_refused) == (way, found, False)

    @pytest.mark.parametrize("typed", ["", "   ", "?!", "42"])
    def test_what_names_nobody_is_no_search(self, bruno, known, typed):
        assert look(bruno, typed).persons == []
        assert not PersonSearch.objects.exists()

    def test_A05_no_word_typed_is_kept(self, bruno, known):
        look(bruno, "amina benali 12/03/1968")
        with connection.cursor() as cursor:
            cursor.execute("SELECT row_to_json(s)::text FROM access_personsearch s")
            written = cursor.fetchone()[0]
        for word in ("benali", "amina", "1968", "12/03"):
            assert word not in written.lower()

    def test_P02_only_grows(self, bruno, known):
        look(bruno)
        with pytest.raises(DatabaseError), transaction.atomic():
            PersonSearch.objects.update(found=0)
        with pytest.raises(DatabaseError), transaction.atomic():
            PersonSearch.objects.all()._raw_delete("default")

    def test_A05_costs_one_statement_whatever_was_made_before(self, bruno, known):
        scope, costs = scope_of(bruno), []
        with CaptureQueriesContext(connection) as alone:
            search_people(scope, "benali", at=timezone.now())
        for _ in range(5):
            with CaptureQueriesContext(connection) as seen:
                look(bruno)
            costs.append(len(seen))
        assert costs == [len(alone) + 1] * 5


class TestTooMany:
    def test_A05_beyond_nobody_is_shown_and_the_page_says_whom_to_call(self, bruno, david, known, few):
        for _ in range(3):
            assert look(bruno).persons
        looked = look(bruno)
        assert looked.persons == []
        assert "appelez David Roux" in looked.refusal
        row = PersonSearch.objects.latest("pk")
        assert (row.was_refused, row.found) == (True, 0)

    def test_without_a_manager_the_central_team_is_named(self, elsa, known, few):
        for _ in range(4):
            looked = look(elsa, "06 39 98 12 34")
        assert "appelez l’équipe centrale" in looked.refusal

    def test_A05_each_agent_is_counted_apart(self, bruno, chloe, known, few):
        for _ in range(4):
            look(bruno)
        assert look(chloe).persons

    def test_A05_an_hour_later_one_may_again_even_after_insisting(self, bruno, known, few):
        begun = timezone.now()
        for minute in range(0, 60, 5):
            look(bruno, at=begun + timedelta(minutes=minute))
        assert look(bruno, at=begun + HOUR + timedelta(seconds=1)).persons

    def test_load_checks_lift_it(self, bruno, known, few, settings):
        settings.LIMITS_ON = False
        assert all(look(bruno).persons for _ in range(6))

    def test_A05_asking_who_is_the_same_counts_too(self, bruno, known, few):
        asked = SearchQuery(phone="+33639981234")
        for _ in range(3):
            assert find_similar(by=bruno, asked=asked, at=timezone.now()).persons
        looked = find_similar(by=bruno, asked=asked, at=timezone.now())
        assert looked.refusal
        assert looked.persons == []
        assert not look(bruno).persons

    def test_what_names_nobody_new_counts_nothing(self, bruno):
        find_similar(by=bruno, asked=SearchQuery(words=("amina",)), at=timezone.now())
        assert not PersonSearch.objects.exists()


class TestPages:
    @pytest.mark.parametrize(
        ("path", "field"), [("/recherche/", "q"), ("/personnes/", "q"), ("/accueil/personnes/", "qui")]
    )
    def test_A05_each_place_where_one_looks_is_counted(self, client_of, bruno, known, few, path, field):
        client = client_of(bruno)
        pages = [client.post(path, {field: "benali"}).content.decode() for _ in range(4)]
        assert ["Amina" in page for page in pages] == [True, True, True, False]
        assert "Attendez quelques minutes" in pages[3]
        assert "Attendez quelques minutes" not in pages[2]

    def test_A05_numbers_are_tried_no_more_than_names(self, client_of, elsa, make_ticket, few):
        client, ticket = client_of(elsa), make_ticket()
        pages = [client.post("/recherche/", {"q": ticket.reference}).content.decode() for _ in range(4)]
        assert ["dans un autre lieu" in page for page in pages] == [True, True, True, False]

    def test_A05_asking_for_older_ones_is_no_way_around(self, client_of, elsa, make_ticket, few):
        client, ticket = client_of(elsa), make_ticket()
        asked = {"q": ticket.reference, "apres": "9"}
        pages = [client.post("/recherche/", asked).content.decode() for _ in range(4)]
        assert not any("dans un autre lieu" in page for page in pages)
        assert "Attendez quelques minutes" in pages[3]

    def test_A05_the_week_names_who_went_beyond(self, client_of, bruno, david, chloe, known, few):
        for _ in range(5):
            look(bruno)
        look(chloe)
        page = client_of(david).get("/tableau-de-bord/exceptions/").content.decode()
        assert "Bruno Petit" in page
        assert "2 refusées depuis" in page
        assert "Chloé Martin" not in page

    def test_A05_a_manager_of_elsewhere_is_not_told(
        self, client_of, bruno, make_agent, villeurbanne, known, few
    ):
        chief = make_agent("chief", (Role.MANAGER, villeurbanne))
        for _ in range(5):
            look(bruno)
        page = client_of(chief).get("/tableau-de-bord/exceptions/").content.decode()
        assert "Bruno Petit" not in page
