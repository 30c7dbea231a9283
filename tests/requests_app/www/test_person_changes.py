"""What is corrected on a person's page, and by whom."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from requests_app.access.models import Reading
from requests_app.people.models import ContactPoint, Person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def hers(amina, make_ticket):
    return make_ticket(person=amina)


def text(answer):
    return answer.content.decode().replace("\xa0", " ")


def seen(client, address):
    return re.findall(r'name="seen" value="([0-9a-f]*)"', text(client.get(address)))[0]


def post(client, address, **data):
    return client.post(address, {"seen": seen(client, address), **data})


class TestContacts:
    @pytest.fixture
    def address(self, amina):
        return f"/personnes/{amina.pk}/contacts/{amina.contact_points.get(kind='phone').pk}/"

    def test_one_is_added(self, client_of, chloe, amina):
        answer = post(client_of(chloe), f"/personnes/{amina.pk}/contacts/", typed="07 00 00 00 09")
        assert answer.url == f"/personnes/{amina.pk}/"
        assert amina.contact_points.filter(value="+33700000009").exists()

    def test_what_is_no_contact_is_said_beside_the_field(self, client_of, chloe, amina):
        answer = post(client_of(chloe), f"/personnes/{amina.pk}/contacts/", typed="12")
        assert answer.status_code == 422
        assert "Écrivez un numéro de téléphone, par exemple 06 12 34 56 78." in text(answer)
        assert 'value="12"' in text(answer)

    def test_one_is_corrected_and_limited(self, client_of, chloe, amina, address):
        post(client_of(chloe), address, typed="06 39 98 55 55", uses=["answer"], is_shared="on")
        point = amina.contact_points.get(kind="phone")
        assert (point.value, point.usable_for, point.is_shared) == ("+33639985555", ["answer"], True)

    def test_one_is_removed(self, client_of, chloe, amina, address):
        client = client_of(chloe)
        answer = client.post(f"{address}retirer/", {"seen": seen(client, address)}, follow=True)
        assert "Le contact est retiré." in text(answer)
        assert not amina.contact_points.filter(kind="phone").exists()

    def test_one_removed_by_mistake_comes_back_at_once(self, client_of, chloe, amina, address):
        client = client_of(chloe)
        page = client.post(f"{address}retirer/", {"seen": seen(client, address)}, follow=True)
        back = re.findall(r'action="(/personnes/\d+/remettre/\d+/)" data-undo-action', text(page))

        assert 'data-seconds="10"' in text(page)
        assert "Le contact est remis." in text(client.post(back[0], follow=True))
        assert amina.contact_points.filter(kind="phone").exists()
        assert "Cette personne a déjà ce contact." in text(client.post(back[0], follow=True))

    def test_one_removed_long_ago_comes_back_from_the_history(self, client_of, chloe, amina, address):
        client = client_of(chloe)
        answer = client.post(f"{address}retirer/", {"seen": seen(client, address)})
        with time_machine.travel(timezone.now() + timedelta(minutes=5)):
            page = text(client.get(answer.url))
        assert "data-undo" not in page
        assert "Remettre ce contact" in page

    def test_A01_what_was_removed_from_another_person_does_not_come_back_here(
        self, client_of, chloe, amina, address, make_person
    ):
        client, other = client_of(chloe), make_person(email="x@exemple.fr")
        client.post(f"{address}retirer/", {"seen": seen(client, address)})
        other.changes.create(kind="point_removed", by=chloe, at=timezone.now(), before={})
        change = other.changes.get()
        assert client.post(f"/personnes/{amina.pk}/remettre/{change.pk}/").status_code == 404

    def test_A05_the_desk_reads_no_number_in_the_history(self, client_of, chloe, bruno, amina, address):
        post(client_of(chloe), address, typed="06 39 98 55 55", uses=["answer"])
        for agent, is_told in ((chloe, True), (bruno, False)):
            assert ("06 39 98 12 34" in text(client_of(agent).get(f"/personnes/{amina.pk}/"))) is is_told

    def test_W12_the_second_one_sees_what_is_noted_now(self, client_of, chloe, address):
        client = client_of(chloe)
        old = seen(client, address)
        post(client, address, typed="06 39 98 55 55", uses=["answer"])
        answer = client.post(address, {"seen": old, "typed": "06 39 98 66 66", "uses": ["answer"]})
        assert answer.status_code == 409
        for words in (
            "Un collègue vient de changer cela",
            "06 39 98 55 55, Répondre",
            chloe.full_name,
            'value="06 39 98 66 66"',
        ):
            assert words in text(answer)

    def test_A05_the_desk_changes_none(self, client_of, bruno, amina, address):
        for path in (address, f"{address}retirer/", f"/personnes/{amina.pk}/contacts/"):
            assert client_of(bruno).post(path, {"typed": "0700000009"}).status_code == 403

    def test_A01_that_of_another_person_does_not_exist(self, client_of, chloe, amina, make_person):
        other = ContactPoint.objects.get(person=make_person(email="x@exemple.fr"))
        assert client_of(chloe).get(f"/personnes/{amina.pk}/contacts/{other.pk}/").status_code == 404

    def test_W03_takes_no_other_field(self, client_of, chloe, address):
        assert client_of(chloe).post(address, {"typed": "x", "person": "1"}).status_code == 400


class TestReadings:
    @pytest.mark.parametrize("form", ["identite", "besoins", "contacts"])
    def test_I7_a_form_that_shows_her_is_written_down(self, client_of, chloe, amina, form):
        client_of(chloe).get(f"/personnes/{amina.pk}/{form}/")
        line = Reading.objects.get()
        assert (line.kind, line.subject_id, line.was_refused) == ("person", amina.pk, False)


class TestNeeds:
    def test_the_desk_notes_what_it_hears(self, client_of, bruno, amina):
        address = f"/personnes/{amina.pk}/besoins/"
        post(client_of(bruno), address, kinds=["interpreter", "large_print"], detail_interpreter="arabe")
        page = text(client_of(bruno).get(f"/personnes/{amina.pk}/"))
        assert "Prévoir un interprète (arabe)" in page
        assert "À revoir" in page

    def test_an_avoidance_says_of_what(self, client_of, bruno, amina):
        answer = post(client_of(bruno), f"/personnes/{amina.pk}/besoins/", kinds=["avoid"])
        assert answer.status_code == 422
        assert "Écrivez ce qu’il faut éviter." in text(answer)

    def test_two_contrary_needs_are_refused_and_what_was_typed_stays(self, client_of, bruno, amina):
        typed = {"kinds": ["call", "no_call", "avoid"], "detail_avoid": "le soir"}
        answer = post(client_of(bruno), f"/personnes/{amina.pk}/besoins/", **typed)
        assert answer.status_code == 422
        assert "Gardez l’un des deux" in text(answer)
        assert 'value="le soir"' in text(answer)
        assert not amina.access_needs.exists()

    def test_W03_takes_no_need_of_its_own(self, client_of, bruno, amina):
        assert post(client_of(bruno), f"/personnes/{amina.pk}/besoins/", kinds=["deaf"]).status_code == 422


class TestIdentity:
    def test_is_corrected(self, client_of, chloe, amina):
        address = f"/personnes/{amina.pk}/identite/"
        post(client_of(chloe), address, given_name="Mina", family_name="Haddad", birth="12/03/1968")
        amina.refresh_from_db()
        assert (amina.full_name, amina.birth_date, amina.birth_year) == (
            "Mina Haddad",
            date(1968, 3, 12),
            1968,
        )

    def test_asks_for_a_birth_it_understands(self, client_of, chloe, amina):
        answer = post(client_of(chloe), f"/personnes/{amina.pk}/identite/", birth="jadis")
        assert "Écrivez une date, par exemple 12/03/1968, ou une année." in text(answer)

    def test_W12_is_not_corrected_twice_at_once(self, client_of, chloe, amina):
        client, address = client_of(chloe), f"/personnes/{amina.pk}/identite/"
        old = seen(client, address)
        Person.objects.filter(pk=amina.pk).update(given_name="Mina")
        answer = client.post(address, {"seen": old, "given_name": "Amy"})
        assert answer.status_code == 409
        assert "Mina Benali" in text(answer)
