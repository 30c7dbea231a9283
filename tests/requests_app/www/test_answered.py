"""« A répondu » on the pages: its list, its place in « À faire », its row, and how it goes away."""

import pytest
from django.utils import timezone

from requests_app.tickets.models import State, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered(make_ticket, amina):
    return make_ticket(
        person=amina,
        state=State.OPEN,
        excerpt="Je ne pourrai pas venir mardi.",
        excerpt_channel="sms",
        person_wrote_at=timezone.now(),
    )


def rows(client, view):
    return client.get(f"/tri/?vue={view}").context["rows"]


class TestLists:
    @pytest.mark.parametrize("view", ["a-repondu", "a-faire"])
    def test_shows_the_last_words_and_their_door(self, client_of, chloe, answered, make_ticket, view):
        make_ticket(sender="Sans réponse", state=State.OPEN)
        shown = rows(client_of(chloe), view)
        assert "« Je ne pourrai pas venir mardi. »" in shown
        assert '<span class="ch-name">SMS</span>' in shown
        assert "A répondu</span>" in shown
        assert "Sans réponse" not in shown

    def test_a_ticket_that_is_over_stands_there_too(self, client_of, chloe, answered):
        closed = {"state": State.CLOSED, "closed_at": timezone.now(), "outcome": "answered"}
        Ticket.objects.update(**closed)
        assert answered.reference in rows(client_of(chloe), "a-repondu")

    def test_counts_it_once_when_it_has_a_task_too(self, client_of, chloe, answered):
        Ticket.objects.update(tasks_count=1)
        assert str(client_of(chloe).get("/tri/?vue=a-faire").context["total"]) == "1"

    def test_A03_says_nothing_of_reserved_ones_to_who_may_not_read(
        self, client_of, david, chloe, make_ticket
    ):
        make_ticket(
            topic="violences-conjugales",
            state=State.OPEN,
            excerpt_channel="sms",
            person_wrote_at=timezone.now(),
        )
        for view in ("a-repondu", "a-faire"):
            totals = [
                str(client_of(agent).get(f"/tri/?vue={view}").context["total"]) for agent in (david, chloe)
            ]
            assert totals == ["0", "1"]
        hidden = rows(client_of(david), "a-prendre")
        assert "A répondu" not in hidden
        assert "SMS" not in hidden
        assert "A répondu" in rows(client_of(chloe), "a-prendre")


class TestTicket:
    def test_stands_in_what_is_to_do_and_one_press_says_it_is_read(self, client_of, chloe, answered):
        client = client_of(chloe)
        page = client.get(f"/demandes/{answered.reference}/").content.decode()
        assert "La personne a répondu" in page
        assert "SMS :" in page
        done = client.post(f"/demandes/{answered.reference}/lu/", {"version": answered.version}, follow=True)
        assert "C’est noté comme lu." in done.content.decode()
        assert "La personne a répondu" not in done.content.decode()
        number = Ticket.objects.get().version
        client.post(f"/demandes/{answered.reference}/a-lire/", {"version": number})
        assert Ticket.objects.get().person_wrote_at == answered.person_wrote_at

    def test_the_desk_reads_and_does_not_decide(self, client_of, bruno, answered):
        page = client_of(bruno).get(f"/demandes/{answered.reference}/").content.decode()
        assert "La personne a répondu" in page
        assert "Lu, rien à répondre" not in page

    def test_the_preview_says_so(self, client_of, chloe, answered):
        page = client_of(chloe).get(f"/tri/{answered.reference}/?vue=a-repondu").content.decode()
        assert "A répondu</span>" in page
        assert "Lu, rien à répondre" in page
