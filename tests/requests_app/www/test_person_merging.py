"""« C’est la même personne »: the page that compares, what it refuses, and the way back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from requests_app.access.models import Reading
from requests_app.people.merging import fingerprint
from requests_app.people.models import MergeLog, NotDuplicate
from requests_app.tickets.models import Event

pytestmark = pytest.mark.django_db
CHOICES = {"given_name": "autre", "family_name": "une"}


@pytest.fixture
def twin(make_person, make_ticket):
    person = make_person(given_name="Amína", family_name="Benalli", birth_year=1968, phone="+33639981234")
    make_ticket(person=person)
    return person


@pytest.fixture
def hers(amina, make_ticket):
    return make_ticket(person=amina)


def text(answer):
    return answer.content.decode().replace("\xa0", " ")


def post(client, one, other, **data):
    data = {"seen": fingerprint(one, other), **CHOICES, **data}
    return client.post(f"/personnes/{one.pk}/reunir/{other.pk}/", data)


class TestProposal:
    def test_says_why_on_her_page(self, client_of, chloe, hers, amina, twin):
        page = text(client_of(chloe).get(f"/personnes/{amina.pk}/"))
        assert "Une autre fiche lui ressemble" in page
        assert "même téléphone, nom presque pareil, même année de naissance" in page

    def test_A06_is_not_shown_to_the_desk(self, client_of, bruno, hers, amina, twin):
        assert "lui ressemble" not in text(client_of(bruno).get(f"/personnes/{amina.pk}/"))

    def test_goes_away_when_an_agent_says_no_and_comes_back(self, client_of, chloe, hers, amina, twin):
        client = client_of(chloe)
        answer = client.post(f"/personnes/{amina.pk}/autre-que/{twin.pk}/", follow=True)
        assert "lui ressemble" not in text(answer)
        assert NotDuplicate.objects.get().by == chloe

        answer = client.post(f"/personnes/{amina.pk}/peut-etre/{twin.pk}/", follow=True)
        assert "lui ressemble" in text(answer)

    def test_costs_the_same_for_one_like_her_as_for_ten(
        self, client_of, chloe, hers, amina, twin, make_person, make_ticket
    ):
        client, counts = client_of(chloe), []
        for more in (0, 9):
            for _rank in range(more):
                make_ticket(person=make_person(given_name="Amina", family_name="Benali", birth_year=1968))
            client.get(f"/personnes/{amina.pk}/")
            with CaptureQueriesContext(connection) as seen:
                client.get(f"/personnes/{amina.pk}/")
            counts.append(len(seen))
        assert counts[0] == counts[1]


class TestComparing:
    def test_shows_both_sides(self, client_of, chloe, hers, amina, twin):
        page = text(client_of(chloe).get(f"/personnes/{amina.pk}/reunir/{twin.pk}/"))
        for words in ("Amína", "Amina", "Benalli", "Pareil", "Rien dans les deux fiches", hers.reference):
            assert words in page

    def test_I7_both_readings_are_written_down(self, client_of, chloe, hers, amina, twin):
        client_of(chloe).get(f"/personnes/{amina.pk}/reunir/{twin.pk}/")
        assert set(Reading.objects.values_list("subject_id", flat=True)) == {amina.pk, twin.pk}

    def test_A02_a_person_of_another_place_does_not_exist(
        self, client_of, chloe, hers, amina, make_person, make_ticket, villeurbanne
    ):
        far = make_person(given_name="Amina", family_name="Benali", birth_year=1968)
        make_ticket(person=far, maison=villeurbanne)
        for address in ("reunir", "autre-que", "peut-etre"):
            answer = client_of(chloe).post(f"/personnes/{amina.pk}/{address}/{far.pk}/")
            assert answer.status_code == 404
        assert Reading.objects.filter(subject_id=far.pk, was_refused=True).count() == 3
        assert not MergeLog.objects.exists()

    def test_A06_the_desk_may_not(self, client_of, bruno, hers, amina, twin):
        assert post(client_of(bruno), amina, twin).status_code == 403
        assert not MergeLog.objects.exists()


class TestMerging:
    def test_makes_one_of_two_and_leads_from_the_old_address(self, client_of, chloe, hers, amina, twin):
        client = client_of(chloe)

        assert post(client, amina, twin).url == f"/personnes/{amina.pk}/"

        page = client.get(f"/personnes/{twin.pk}/", follow=True)
        assert page.redirect_chain == [(f"/personnes/{amina.pk}/", 302)]
        assert "Amína Benali" in text(page)
        assert "Annuler la fusion" in text(page)
        assert "Chloé Martin a réuni la fiche d’Amína Benalli" in text(
            client.get(f"/demandes/{hers.reference}/")
        )

    def test_is_undone_from_her_page(self, client_of, chloe, hers, amina, twin):
        client = client_of(chloe)
        post(client, amina, twin)
        log = MergeLog.objects.get()

        answer = client.post(f"/personnes/{amina.pk}/separer/{log.pk}/", follow=True)

        assert "La fusion est annulée" in text(answer)
        assert client.get(f"/personnes/{twin.pk}/").status_code == 200
        assert Event.objects.filter(kind="person_unmerged").count() == 1
        again = client.post(f"/personnes/{amina.pk}/separer/{log.pk}/", follow=True)
        assert "déjà annulée" in text(again)

    def test_A06_is_not_undone_from_the_page_of_another(
        self, client_of, chloe, hers, amina, twin, make_person, make_ticket
    ):
        post(client_of(chloe), amina, twin)
        other = make_person(given_name="Léa")
        make_ticket(person=other)
        log = MergeLog.objects.get()
        assert client_of(chloe).post(f"/personnes/{other.pk}/separer/{log.pk}/").status_code == 404

    def test_asks_for_the_choices_not_made_and_keeps_the_others(self, client_of, chloe, hers, amina, twin):
        answer = post(client_of(chloe), amina, twin, family_name="")
        assert answer.status_code == 422
        page = text(answer)
        assert "Nom : choisissez une des deux valeurs." in page
        assert page.count(" checked") == 1

    def test_W12_a_page_made_before_a_change_is_told_so(self, client_of, chloe, hers, amina, twin):
        answer = post(client_of(chloe), amina, twin, seen="0123456789abcdef")
        assert answer.status_code == 409
        assert "Un collègue a changé une de ces deux fiches" in text(answer)

    def test_W03_takes_no_other_field(self, client_of, chloe, hers, amina, twin):
        assert post(client_of(chloe), amina, twin, merged_into="1").status_code == 400

    def test_A06_says_when_another_place_follows_one_of_them(
        self, client_of, chloe, hers, amina, twin, make_ticket, villeurbanne
    ):
        make_ticket(person=twin, maison=villeurbanne)
        answer = post(client_of(chloe), amina, twin)
        assert answer.status_code == 403
        assert "L’équipe centrale peut les réunir" in text(answer)

    def test_the_same_file_twice_is_no_merge(self, client_of, chloe, hers, amina):
        assert post(client_of(chloe), amina, amina).status_code == 422
