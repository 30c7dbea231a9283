"""A search is recorded with what it showed; finding nothing is a task and a number."""

from datetime import date

import pytest

from requests_app.appointments.models import AppointmentType
from requests_app.first_delay.models import SlotSearch
from requests_app.first_delay.selectors.weeks import Week, unanswered_by_week
from requests_app.first_delay.services import Search, record_search
from requests_app.tickets.models import Ticket, ToDo
from requests_app.tickets.services.todos import finish
from tests.requests_app.first_delay.conftest import at


@pytest.fixture
def ticket(make_ticket, amina):
    return make_ticket(person=amina, received_at=at("10-05"))


class TestRecord:
    def test_keeps_the_first_start_whatever_the_order(self, ticket, look, chloe):
        offer = look(ticket, "10-06", "10-20", "10-12", "10-30", agent=chloe).offer
        assert (offer.first_start, offer.count) == (at("10-12"), 3)

    @pytest.mark.parametrize(("how", "asker"), [({}, "public"), ({"by_link": True}, "person")])
    def test_says_who_looked(self, ticket, look, how, asker):
        assert look(ticket, "10-06", "10-12", **how).asker == asker

    def test_whoever_only_looks_has_no_ticket_and_no_task(self, follow_up, lyon_8):
        search = record_search(Search(follow_up, maison=lyon_8), starts=[], at=at("10-06"))
        assert (search.ticket, search.is_first_time, search.asker) == (None, True, "public")
        assert not ToDo.objects.exists()


class TestNothingFound:
    def test_makes_one_task_however_often(self, ticket, look, chloe):
        look(ticket, "10-06", agent=chloe)
        look(ticket, "10-07", by_link=True)
        [task] = ToDo.objects.to_do()
        assert (task.ticket, task.kind) == (ticket, ToDo.Kind.APPOINTMENT)
        assert Ticket.objects.get(pk=ticket.pk).tasks_count == 1

    def test_the_task_goes_once_a_search_finds(self, ticket, look, chloe):
        look(ticket, "10-06", agent=chloe)
        look(ticket, "10-08", "10-12", agent=chloe)
        assert not ToDo.objects.to_do().exists()

    def test_is_counted_by_week_at_the_place_searched_else_of_the_ticket(
        self, ticket, look, chloe, lyon_8, villeurbanne
    ):
        look(ticket, "10-05", agent=chloe, maison=lyon_8)
        look(ticket, "10-11", "10-12", agent=chloe)
        look(ticket, "10-12", agent=chloe)
        look(ticket, "10-12", agent=chloe, maison=villeurbanne)
        weeks = unanswered_by_week(date(2026, 10, 1), date(2026, 10, 31))
        assert weeks == [Week(date(2026, 10, 5), 2, 1), Week(date(2026, 10, 12), 1, 1)]
        here = unanswered_by_week(date(2026, 10, 1), date(2026, 10, 31), maison_ids=frozenset({lyon_8.pk}))
        assert here == [Week(date(2026, 10, 5), 2, 1), Week(date(2026, 10, 12), 1, 1)]
        assert SlotSearch.objects.unanswered().count() == 3

    def test_counts_once_per_person_and_day_however_often_and_about_how_many_tickets(
        self, ticket, look, make_ticket, make_person, chloe, lyon_8, villeurbanne
    ):
        other = make_ticket(person=ticket.person, received_at=at("10-05"))
        somebody = make_ticket(person=make_person(), received_at=at("10-05"))
        for _turn in range(3):
            for place in (lyon_8, villeurbanne):
                look(ticket, "10-06", by_link=True, maison=place)
                look(other, "10-06", by_link=True, maison=place)
        look(somebody, "10-06", by_link=True)
        look(ticket, "10-07", by_link=True)
        [week] = unanswered_by_week(date(2026, 10, 1), date(2026, 10, 31))
        assert (week.searches, week.unanswered) == (3, 3)
        assert SlotSearch.objects.unanswered().filter(ticket=ticket).count() == 3

    def test_a_link_opens_one_task_whatever_is_looked_for(self, ticket, look, follow_up):
        look(ticket, "10-06", by_link=True)
        longer = AppointmentType.objects.create(code="long", label="Long", public_label="Long", minutes=90)
        record_search(Search(longer, ticket=ticket, by_link=True), starts=[], at=at("10-06"))
        assert ToDo.objects.to_do().count() == 1

    def test_what_an_agent_did_is_not_asked_again_by_link_that_day(self, ticket, look, chloe):
        look(ticket, "10-06", by_link=True)
        [task] = ToDo.objects.to_do()
        finish(task=task, by=chloe, at=at("10-06", 11))
        look(ticket, "10-06", by_link=True)
        assert not ToDo.objects.to_do().exists()
        look(ticket, "10-06", agent=chloe)
        assert ToDo.objects.to_do().count() == 1

    def test_is_asked_again_the_next_day_and_once_what_was_free_is_gone(self, ticket, look, chloe):
        look(ticket, "10-06", by_link=True)
        look(ticket, "10-06", "10-12", by_link=True)
        look(ticket, "10-06", by_link=True)
        [task] = ToDo.objects.to_do()
        finish(task=task, by=chloe, at=at("10-06", 11))
        look(ticket, "10-07", by_link=True)
        assert ToDo.objects.to_do().count() == 1
