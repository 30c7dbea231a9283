"""« Accusé de réception à imprimer » : seen, printed, posted, undone."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from requests_app.tickets.models import ToDo, Touchpoint
from requests_app.tickets.services import ask_for_letter

LIST, PRINT, POSTED = "/courriers/", "/courriers/imprimer/", "/courriers/postes/"


@pytest.fixture
def to_post(make_ticket, make_person):
    """A ticket by letter whose acknowledgment is to post."""

    def make(name="Samira", **fields):
        person = make_person(given_name=name, family_name="Benali")
        ticket = make_ticket(person=person, channel="letter", **fields)
        ask_for_letter(ticket=ticket, at=timezone.now())
        ticket.refresh_from_db()
        return ticket

    return make


@pytest.fixture
def at_work(client_of, chloe):
    return client_of(chloe)


def page_of(ticket):
    return f"/demandes/{ticket.reference}/"


class TestOne:
    def test_is_a_pdf_one_click_away_that_changes_nothing(self, at_work, to_post):
        ticket = to_post()
        assert f"{page_of(ticket)}accuse/" in at_work.get(page_of(ticket)).content.decode()
        answer = at_work.get(f"{page_of(ticket)}accuse/")

        assert answer.content.startswith(b"%PDF-")
        assert answer["Content-Type"] == "application/pdf"
        assert "no-store" in answer["Cache-Control"]
        assert ToDo.objects.to_do().count() == 1
        assert not Touchpoint.objects.filter(direction="out").exists()

    def test_posted_is_noted_with_its_words_and_undone(self, at_work, to_post, chloe):
        ticket = to_post()
        answer = at_work.post(f"{page_of(ticket)}courrier-poste/", {"version": ticket.version}, follow=True)

        page = answer.content.decode()
        assert "Le courrier est noté comme posté." in page
        ours = Touchpoint.objects.get(direction="out")
        assert (ours.channel, ours.author) == ("letter", chloe)
        assert ticket.reference in ours.text
        ticket.refresh_from_db()
        assert ticket.tasks_count == 0
        at_work.post(f"{page_of(ticket)}courrier-pas-poste/", {"version": ticket.version})
        assert not Touchpoint.objects.filter(direction="out").exists()
        assert ToDo.objects.to_do().count() == 1

    def test_not_undone_after_ten_minutes(self, at_work, to_post):
        ticket = to_post()
        at_work.post(f"{page_of(ticket)}courrier-poste/", {"version": ticket.version})
        ticket.refresh_from_db()
        with time_machine.travel(timezone.now() + timedelta(minutes=11)):
            at_work.post(f"{page_of(ticket)}courrier-pas-poste/", {"version": ticket.version})

        assert Touchpoint.objects.filter(direction="out").exists()

    def test_W12_whoever_comes_second_is_told(self, at_work, to_post):
        ticket = to_post()
        at_work.post(f"{page_of(ticket)}courrier-poste/", {"version": ticket.version})
        again = at_work.post(f"{page_of(ticket)}courrier-poste/", {"version": ticket.version})

        assert again.status_code == 409
        assert Touchpoint.objects.filter(direction="out").count() == 1


class TestAll:
    def test_prints_a_page_a_demand_and_notes_those_chosen(self, at_work, to_post):
        first, second = to_post("Samira"), to_post("Zoé")
        page = at_work.get(LIST).content.decode()
        assert "Samira Benali" in page
        assert at_work.get(PRINT).content.startswith(b"%PDF-")
        answer = at_work.post(POSTED, {"demande": [first.reference]}, follow=True)

        assert "1 courrier noté comme posté." in answer.content.decode()
        assert ToDo.objects.to_do().get().ticket == second

    def test_one_undo_takes_them_all_back(self, at_work, to_post):
        tickets = [to_post("Samira"), to_post("Zoé")]
        page = at_work.post(POSTED, {"demande": [t.reference for t in tickets]}, follow=True)
        assert 'action="/courriers/pas-postes/"' in page.content.decode()
        assert 'data-seconds="10"' in page.content.decode()
        answer = at_work.post("/courriers/pas-postes/", follow=True).content.decode()

        assert "2 courriers sont de nouveau à poster." in answer
        assert "data-undo" not in answer
        assert ToDo.objects.to_do().count() == 2
        assert not Touchpoint.objects.filter(direction="out").exists()
        again = at_work.post("/courriers/pas-postes/", follow=True).content.decode()
        assert "Rien à annuler ici." in again

    def test_after_ten_minutes_those_posted_are_named_and_stay(self, at_work, to_post, monkeypatch):
        ticket = to_post()
        at_work.post(POSTED, {"demande": [ticket.reference]})
        monkeypatch.setattr("requests_app.tickets.services.posting.UNDO_POSTED_WITHIN", timedelta(0))
        answer = at_work.post("/courriers/pas-postes/", follow=True).content.decode()

        assert f"Sans changement : {ticket.reference}" in answer.replace("\xa0", " ")
        assert Touchpoint.objects.filter(direction="out").exists()

    def test_the_notice_is_gone_from_a_page_opened_again_later(self, at_work, to_post):
        ticket = to_post()
        at_work.post(POSTED, {"demande": [ticket.reference]})
        with time_machine.travel(timezone.now() + timedelta(minutes=2)):
            assert "data-undo" not in at_work.get(LIST).content.decode()

    def test_beyond_a_hundred_says_that_others_follow(self, at_work, to_post, monkeypatch):
        monkeypatch.setattr("requests_app.tickets.selectors.letters_to_post.MAX_ROWS", 2)
        first, second, third = (to_post(name) for name in ("Samira", "Zoé", "Inès"))
        page = at_work.get(LIST).content.decode()
        assert "D’autres attendent derrière ceux-ci." in page
        assert third.reference not in page
        at_work.post(POSTED, {"demande": [first.reference, second.reference]})

        page = at_work.get(LIST).content.decode()
        assert third.reference in page
        assert "D’autres attendent" not in page

    def test_none_chosen_changes_nothing(self, at_work, to_post):
        to_post()

        assert "Choisissez les courriers" in at_work.post(POSTED, follow=True).content.decode()
        assert ToDo.objects.to_do().exists()

    def test_hides_those_of_other_maisons(self, client_of, elsa, to_post):
        ticket = to_post()
        client = client_of(elsa)

        assert ticket.reference not in client.get(LIST).content.decode()
        assert client.get(PRINT).status_code == 404
        client.post(POSTED, {"demande": [ticket.reference]})
        assert ToDo.objects.to_do().exists()

    def test_A03_says_nothing_of_a_reserved_one(self, at_work, to_post):
        to_post(topic="enfance-danger", is_sensitive=True)

        page = at_work.get(LIST).content.decode()
        assert "Motif réservé" in page
        assert "Benali" not in page

    def test_costs_the_same_for_one_letter_as_for_ten(self, at_work, to_post):
        def cost():
            with CaptureQueriesContext(connection) as seen:
                at_work.get(LIST)
            return len(seen)

        to_post()
        at_work.get(LIST)
        one = cost()
        for _ in range(9):
            to_post()
        assert cost() == one
