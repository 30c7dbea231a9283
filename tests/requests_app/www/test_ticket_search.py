"""The one field: a number opens its ticket, a person shows what the agent may know."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from requests_app.access.models import Reading

pytestmark = pytest.mark.django_db


def found(client, asked):
    answer = client.post("/recherche/", {"q": asked})
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ")


class TestNumber:
    @pytest.mark.parametrize("written", ["{0}", "lyn {1}", "{1}", "lyn-{1}", " {2} {3} "])
    def test_opens_the_demand_however_it_is_written(self, client_of, chloe, make_ticket, written):
        reference = make_ticket().reference
        code = reference.partition("-")[2].lower()
        asked = written.format(reference, code, code[:3], code[3:])
        assert client_of(chloe).post("/recherche/", {"q": asked}).url == f"/demandes/{reference}/"

    def test_A02_opens_nothing_elsewhere_and_notes_it(self, client_of, elsa, make_ticket):
        """What is offered instead, for a reason, is told in test_glass.py (A04)."""
        ticket = make_ticket()
        page = found(client_of(elsa), ticket.reference)
        assert f"/demandes/{ticket.reference}/" not in page
        assert Reading.objects.get().was_refused

    def test_A02_a_number_of_nobody_finds_nothing(self, client_of, elsa):
        assert "Rien trouvé" in found(client_of(elsa), "LYN-222222")


class TestPerson:
    def test_shows_her_demands_in_the_scope(self, client_of, chloe, make_ticket, amina, villeurbanne):
        here = make_ticket(person=amina)
        far = make_ticket(person=amina, maison=villeurbanne)
        page = found(client_of(chloe), "benali")
        assert "Amina Benali" in page
        assert here.reference in page
        assert far.reference not in page

    def test_A05_finds_by_name_only_whom_the_maison_knows(self, client_of, elsa, make_ticket, amina):
        make_ticket(person=amina)
        assert "Rien trouvé" in found(client_of(elsa), "benali")

    def test_A05_finds_by_the_exact_telephone_without_opening_anything(
        self, client_of, elsa, make_ticket, amina
    ):
        ticket = make_ticket(person=amina)
        page = found(client_of(elsa), "06 39 98 12 34")
        assert "Amina Benali" in page
        assert ticket.reference not in page
        assert "06 39 98 12 34" not in page.replace('value="06 39 98 12 34"', "")

    def test_A03_says_nothing_of_a_sensitive_one(self, client_of, bruno, make_ticket, amina):
        make_ticket(person=amina, topic="violences-conjugales")
        page = found(client_of(bruno), "06 39 98 12 34")
        assert "iolence" not in page

    def test_says_what_can_be_searched(self, client_of, chloe):
        assert "numéro de demande" in found(client_of(chloe), "zzzz")
        assert "Que cherchez-vous" in found(client_of(chloe), "")

    def test_W04_takes_no_parameter(self, client_of, chloe):
        assert client_of(chloe).get("/recherche/?person__user=1").status_code == 400

    def test_P01_takes_no_name_in_an_address(self, client_of, chloe):
        assert client_of(chloe).get("/recherche/?q=benali").status_code == 400

    def test_asks_as_much_for_one_as_for_several(self, client_of, chloe, make_ticket, make_person):
        client = client_of(chloe)
        make_ticket(person=make_person(given_name="Ana", family_name="Durand"))
        one = self.statements(client)
        for rank in range(6):
            person = make_person(given_name=f"Ana{rank}", family_name="Durand")
            make_ticket(person=person, received_at=timezone.now() - timedelta(days=rank))
        assert self.statements(client) <= one

    def statements(self, client):
        found(client, "durand")
        with CaptureQueriesContext(connection) as seen:
            found(client, "durand")
        return len(seen)


class TestPreferences:
    def test_keeps_them_and_comes_back(self, client_of, chloe):
        answer = client_of(chloe).post(
            "/preferences/", {"theme": "dark", "shortcuts": "off", "next": "/tri/?vue=a-trier"}
        )
        chloe.refresh_from_db()
        assert (chloe.theme, chloe.shortcuts_on, answer.url) == ("dark", False, "/tri/?vue=a-trier")

    def test_sets_the_language(self, client_of, chloe):
        answer = client_of(chloe).post("/preferences/", {"language": "en"})
        assert answer.cookies["gru_language"].value == "en"

    @pytest.mark.parametrize("data", [{"theme": "rose"}, {"is_superuser": "1"}, {"language": "xx"}])
    def test_W03_takes_nothing_else(self, client_of, chloe, data):
        assert client_of(chloe).post("/preferences/", data).status_code == 400

    @pytest.mark.parametrize(
        "path", ["https://mal.example/", "//mal.example", "javascript:alert(1)", "/\\mal.example"]
    )
    def test_W10_goes_back_to_own_paths_only(self, client_of, chloe, path):
        assert client_of(chloe).post("/preferences/", {"theme": "dark", "next": path}).url == "/espace/"

    def test_W06_is_no_link(self, client_of, chloe):
        assert client_of(chloe).get("/preferences/?theme=dark").status_code == 405
