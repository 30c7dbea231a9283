"""The page of a person: their whole history within what the agent may know."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from requests_app.access.models import Reading
from requests_app.people.services import Need, note_needs
from requests_app.tickets.models import Note

pytestmark = pytest.mark.django_db
NUMBER = "06 39 98 12 34"


@pytest.fixture
def page_of(client_of):
    def read(user, person, query=""):
        answer = client_of(user).get(f"/personnes/{person.pk}/{query}")
        assert answer.status_code == 200
        return answer.content.decode().replace("\xa0", " ")

    return read


class TestWhoMayOpen:
    def test_shows_the_person_her_demands_and_how_to_reach_her(self, page_of, chloe, amina, make_ticket):
        ticket = make_ticket(person=amina)

        page = page_of(chloe, amina)

        for words in ("Amina Benali", "1968", ticket.reference, NUMBER, "amina.benali@exemple.fr"):
            assert words in page

    def test_A05_whom_the_agent_may_not_know_does_not_exist(self, client_of, elsa, amina, make_ticket):
        make_ticket(person=amina)

        assert client_of(elsa).get(f"/personnes/{amina.pk}/").status_code == 404
        line = Reading.objects.get()
        assert (line.kind, line.subject_id, line.was_refused) == ("person", amina.pk, True)

    def test_A03_one_known_by_a_sensitive_demand_only_stays_unknown(
        self, client_of, bruno, amina, make_ticket
    ):
        make_ticket(person=amina, topic="violences-conjugales")

        assert client_of(bruno).get(f"/personnes/{amina.pk}/").status_code == 404

    def test_a_number_of_nobody_is_no_page(self, client_of, chloe):
        assert client_of(chloe).get("/personnes/999999/").status_code == 404

    def test_the_central_team_opens_who_asked_nothing(self, page_of, central, amina):
        assert "Aucune demande dans vos lieux." in page_of(central, amina)

    def test_I7_the_reading_is_written_down(self, page_of, chloe, amina, make_ticket):
        make_ticket(person=amina)

        page_of(chloe, amina)

        line = Reading.objects.get()
        assert (line.user, line.kind, line.subject_id, line.was_refused) == (chloe, "person", amina.pk, False)

    def test_A05_the_desk_reads_a_masked_telephone(self, page_of, bruno, amina, make_ticket):
        make_ticket(person=amina)

        page = page_of(bruno, amina)

        assert "06 ** ** 12 34" in page
        assert NUMBER not in page

    def test_W04_takes_no_other_parameter(self, client_of, chloe, amina, make_ticket):
        make_ticket(person=amina)
        for query in ("?nom=a", "?canal=pigeon", "?fil=x"):
            assert client_of(chloe).get(f"/personnes/{amina.pk}/{query}").status_code == 400


class TestDemandsElsewhere:
    def test_A02_are_counted_for_handlers_and_never_named(
        self, page_of, chloe, bruno, amina, make_ticket, villeurbanne
    ):
        make_ticket(person=amina)
        far = make_ticket(person=amina, maison=villeurbanne, text="Mot de là-bas")
        make_ticket(person=amina, maison=None, text="Sans lieu")

        page = page_of(chloe, amina)

        assert "2 demandes dans d’autres lieux" in page
        assert far.reference not in page
        assert "là-bas" not in page
        assert "d’autres lieux" not in page_of(bruno, amina)

    def test_A02_a_sensitive_one_is_not_even_counted(self, page_of, chloe, amina, make_ticket, villeurbanne):
        make_ticket(person=amina)
        make_ticket(person=amina, maison=villeurbanne, topic="violences-conjugales")

        assert "autre lieu" not in page_of(chloe, amina)

    def test_A03_a_sensitive_one_here_loses_its_words(self, page_of, chloe, bruno, amina, make_ticket):
        make_ticket(person=amina)
        hidden = make_ticket(person=amina, topic="violences-conjugales", text="il me frappe")

        for reader in (chloe, bruno):
            page = page_of(reader, amina)
            assert "Motif réservé" in page
            assert hidden.reference in page
            assert "frappe" not in page
            assert "iolence" not in page


class TestStory:
    @pytest.fixture
    def story(self, amina, make_ticket, make_touchpoint, chloe):
        """A mail, an SMS, a visit and a note, in two tickets."""
        now = timezone.now()
        one = make_ticket(person=amina, text="Ma facture est trop chère", received_at=now - timedelta(days=9))
        two = make_ticket(person=amina, channel="sms", text=None)
        make_touchpoint(two, text="un mot par sms", at=now - timedelta(days=5))
        make_touchpoint(one, text="venue au guichet", channel="frontdesk", at=now - timedelta(days=2))
        Note.objects.create(ticket=two, author=chloe, text="la rappeler", created_at=now - timedelta(days=1))

    def test_K4_tells_all_channels_newest_first(self, page_of, chloe, amina, story):
        page = page_of(chloe, amina)

        said = ["la rappeler", "venue au guichet", "un mot par sms", "Ma facture est trop chère"]
        places = [page.index(words) for words in said]
        assert places == sorted(places)

    def test_names_the_place_the_agent_and_the_subject(
        self, page_of, chloe, bruno, amina, lyon_8, make_ticket, make_touchpoint
    ):
        ticket = make_ticket(person=amina, topic="fsl-acces-maintien", text=None)
        make_touchpoint(ticket, channel="frontdesk", author=bruno, maison=lyon_8)

        page = page_of(chloe, amina)

        assert "Visite à Lyon 8e – Latarjet, notée par Bruno Petit" in page.replace("&nbsp;", " ")
        assert page.count(ticket.topic.label) == 2  # in the list, in the story

    def test_narrows_to_one_channel(self, page_of, chloe, amina, story):
        page = page_of(chloe, amina, "?canal=sms")

        assert "un mot par sms" in page
        for words in ("facture est trop", "guichet", "la rappeler"):
            assert words not in page

    def test_goes_on_page_after_page_without_loss(self, page_of, chloe, amina, make_ticket, make_touchpoint):
        ticket, now = make_ticket(person=amina, text=None), timezone.now()
        for rank in range(45):
            make_touchpoint(ticket, text=f"mot numero {rank};", at=now - timedelta(hours=rank // 3))
        seen, query = [], ""
        for _page in range(3):
            page = page_of(chloe, amina, query)
            seen += [rank for rank in range(45) if f"mot numero {rank};" in page]
            earlier = re.search(r"\?fil=[0-9-]+(?=#histoire)", page)
            query = earlier[0] if earlier else ""
        assert query == ""
        assert sorted(seen) == list(range(45))

    def test_A03_elsa_s_part_stays_out(self, page_of, chloe, amina, make_ticket, villeurbanne, story):
        make_ticket(person=amina, maison=villeurbanne, text="dit à Villeurbanne")

        assert "Villeurbanne" not in page_of(chloe, amina)

    def test_says_what_to_do(self, page_of, chloe, amina, story):
        note_needs(person=amina, needs=[Need("interpreter", "arabe")], at=timezone.now())

        assert "Prévoir un interprète (arabe)" in page_of(chloe, amina)

    def test_shows_the_appointments_to_come_only(self, page_of, chloe, amina, make_ticket, make_appointment):
        ticket, now = make_ticket(person=amina), timezone.now()
        make_appointment(ticket=ticket, agent=chloe, room="Bureau 3")
        make_appointment(ticket=ticket, agent=chloe, room="Bureau 9", starts_at=now - timedelta(days=2))

        page = page_of(chloe, amina)

        assert "Bureau 3" in page
        assert "Bureau 9" not in page


class TestCost:
    def test_is_the_same_for_one_demand_as_for_ten(
        self, client_of, chloe, amina, make_ticket, make_touchpoint, make_appointment
    ):
        client = client_of(chloe)
        self.add(amina, make_ticket, make_appointment, chloe, 1)
        one = self.statements(client, amina)
        for rank in range(2, 11):
            self.add(amina, make_ticket, make_appointment, chloe, rank)
        assert self.statements(client, amina) == one
        # One reads the words near their name (docs/decisions, words of names), one what is to be confirmed,
        # one who acts for them.
        assert one <= 20

    def add(self, amina, make_ticket, make_appointment, chloe, rank):
        ticket = make_ticket(person=amina)
        make_appointment(ticket=ticket, agent=chloe, starts_at=timezone.now() + timedelta(days=rank))
        note_needs(
            person=amina, needs=[Need("call"), Need("large_print")][: 1 + rank // 2], at=timezone.now()
        )

    def statements(self, client, person):
        client.get(f"/personnes/{person.pk}/")
        with CaptureQueriesContext(connection) as seen:
            assert client.get(f"/personnes/{person.pk}/").status_code == 200
        return len(seen)


class TestSearch:
    def found(self, client, asked):
        answer = client.post("/personnes/", {"q": asked})
        assert answer.status_code == 200
        return answer.content.decode().replace("\xa0", " ")

    def test_leads_to_the_page(self, client_of, chloe, amina, make_ticket):
        make_ticket(person=amina)

        page = self.found(client_of(chloe), "benali 68")

        assert f'href="/personnes/{amina.pk}/"' in page
        assert "1 demande en cours" in page

    def test_A05_shows_no_way_to_one_followed_elsewhere(
        self, client_of, chloe, amina, make_ticket, villeurbanne
    ):
        make_ticket(person=amina, maison=villeurbanne)

        page = self.found(client_of(chloe), NUMBER)

        assert "Suivie dans un autre lieu" in page
        assert f"/personnes/{amina.pk}/" not in page
        assert "Amina" not in self.found(client_of(chloe), "amina")

    def test_P01_takes_no_name_in_an_address(self, client_of, chloe):
        assert client_of(chloe).get("/personnes/?q=benali").status_code == 400

    def test_is_in_the_menu_of_who_reads(self, client_of, chloe):
        assert 'href="/personnes/"' in client_of(chloe).get("/personnes/").content.decode()

    def test_asks_as_much_for_one_as_for_several(self, client_of, chloe, make_ticket, make_person):
        client = client_of(chloe)
        counts = []
        for few in (1, 6):
            for rank in range(few):
                make_ticket(person=make_person(given_name=f"Ana{rank}", family_name="Durand"))
            self.found(client, "durand")
            with CaptureQueriesContext(connection) as seen:
                self.found(client, "durand")
            counts.append(len(seen))
        assert counts[1] <= counts[0]
