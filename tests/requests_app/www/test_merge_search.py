"""Any two records are merged by search; likely ones are proposed whatever the order of names."""

import pytest
from django.utils import timezone

from requests_app.access.scope import scope_of
from requests_app.casefile.similar_records import duplicates_of
from requests_app.people.selectors import points_of
from requests_app.people.services import say_different

pytestmark = pytest.mark.django_db


@pytest.fixture
def awa(make_person, make_ticket):
    person = make_person(given_name="Awa", family_name="Kone", email="awa@exemple.fr")
    make_ticket(person=person)
    return person


@pytest.fixture
def other(make_person, make_ticket):
    def made(**fields):
        person = make_person(**fields)
        make_ticket(person=person)
        return person

    return made


def found(person, user):
    lines = duplicates_of(person, points_of(person.pk), scope=scope_of(user))
    return [line.id for line in lines]


class TestProposed:
    @pytest.mark.parametrize(
        "fields",
        [
            {"given_name": "Kone", "family_name": "Awa"},
            {"given_name": "", "family_name": "Kone Awa"},
            {"given_name": "KONÉ awa", "family_name": ""},
            {"given_name": "Kone", "family_name": "Awa", "birth_year": 1985, "phone": "+33639981122"},
        ],
    )
    def test_the_same_name_in_any_order(self, awa, other, chloe, fields):
        twin = other(**fields)
        assert found(awa, chloe) == [twin.pk]
        assert found(twin, chloe) == [awa.pk]

    @pytest.mark.parametrize(
        "fields",
        [
            {"given_name": "Awa", "family_name": "Koné Diallo"},
            {"given_name": "", "family_name": "Kone"},
            {"given_name": "Awa", "family_name": "Traore"},
        ],
    )
    def test_not_another_name(self, awa, other, chloe, fields):
        other(**fields)
        assert found(awa, chloe) == []

    def test_not_who_was_born_another_year(self, other, chloe):
        one = other(given_name="Awa", family_name="Kone", birth_year=1985)
        other(given_name="Kone", family_name="Awa", birth_year=1990)
        assert found(one, chloe) == []

    def test_not_who_was_said_to_be_another(self, awa, other, chloe):
        twin = other(given_name="Kone", family_name="Awa")
        say_different(one=awa, other=twin, by=chloe, at=timezone.now())
        assert found(awa, chloe) == []


class TestSearch:
    def search(self, client, person, typed):
        return client.post(f"/personnes/{person.pk}/reunir/", {"q": typed}, follow=True)

    def test_finds_any_record_and_leads_to_the_comparison(self, client_of, chloe, awa, other):
        far = other(given_name="Aoua", family_name="Konaté")
        page = self.search(client_of(chloe), awa, "konate aoua")
        assert [each.id for each in page.context["found"]] == [far.pk]
        link = f"/personnes/{awa.pk}/reunir/{far.pk}/"
        assert link in page.content.decode()
        assert client_of(chloe).get(link).status_code == 200

    def test_P01_the_name_stands_in_no_address_and_back_works(self, client_of, chloe, awa):
        client = client_of(chloe)
        page = self.search(client, awa, "konate aoua")
        assert page.redirect_chain == [(f"/personnes/{awa.pk}/reunir/", 302)]
        assert client.get(f"/personnes/{awa.pk}/reunir/").context["asked"] == "konate aoua"

    def test_is_forgotten_for_another_person(self, client_of, chloe, awa, other):
        client = client_of(chloe)
        self.search(client, awa, "konate")
        twin = other(given_name="Paul", family_name="Roux")
        assert client.get(f"/personnes/{twin.pk}/reunir/").context["asked"] == ""

    def test_A02_neither_themselves_nor_who_is_known_elsewhere_only(
        self, client_of, chloe, awa, make_person, make_ticket, villeurbanne
    ):
        far = make_person(given_name="Awa", family_name="Kone", phone="+33639987700")
        make_ticket(person=far, maison=villeurbanne)
        assert self.search(client_of(chloe), awa, "06 39 98 77 00").context["found"] == []
        assert self.search(client_of(chloe), awa, "awa kone").context["found"] == []

    def test_A01_the_desk_merges_nobody(self, client_of, bruno, awa):
        assert client_of(bruno).get(f"/personnes/{awa.pk}/reunir/").status_code == 403
