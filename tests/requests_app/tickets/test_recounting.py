"""What tickets count by hand is counted again: the same number, whatever was merged, split or separated."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from gru import doctor
from requests_app.tickets import todos
from requests_app.tickets.files import attach
from requests_app.tickets.inbound import SaidFile
from requests_app.tickets.models import Ticket, ToDo, Touchpoint
from requests_app.tickets.selectors.family import tickets_showing
from requests_app.tickets.services import recounting
from requests_app.tickets.services.splitting import split, unsplit
from requests_app.tickets.services.ticket_merging import merge_tickets, unmerge_tickets
from requests_app.tickets.services.todos import finish
from requests_app.tickets.services.withdrawing_visits import withdraw_visit

pytestmark = pytest.mark.django_db


def give_files(touchpoint: Touchpoint, number: int) -> None:
    attach(touchpoint, [SaidFile(f"{rank}.txt", "text/plain", b"%d" % rank) for rank in range(number)])


def make_with_files(make_ticket, number, **fields) -> Ticket:
    ticket = make_ticket(files_count=number, **fields)
    give_files(ticket.touchpoints.get(), number)
    return ticket


def ask(ticket: Ticket, key: str) -> ToDo:
    return todos.ask(ticket=ticket, kind=ToDo.Kind.CALL, text="Rappeler", key=key, at=timezone.now())


def stored_and_counted() -> list[tuple[str, int, int]]:
    found = recounting.find_all_differences()
    return [(each.hand_count.column, each.stored, each.counted) for each in found]


class TestRightNumbers:
    def test_of_tasks_asked_done_and_merged(self, make_ticket, chloe):
        one, other = make_ticket(), make_ticket()
        ask(one, "a")
        finish(task=ask(one, "b"), by=chloe, at=timezone.now())
        ask(other, "c")
        assert stored_and_counted() == []
        log = merge_tickets(merged=one, survivor=other, is_two_persons=True, by=chloe, at=timezone.now())
        other.refresh_from_db()
        assert (other.tasks_count, stored_and_counted()) == (2, [])
        unmerge_tickets(log=log, by=chloe, at=timezone.now())
        one.refresh_from_db()
        assert (one.tasks_count, stored_and_counted()) == (1, [])

    def test_of_files_merged_and_separated(self, make_ticket, chloe):
        first, second, third = (make_with_files(make_ticket, number) for number in (1, 2, 4))
        merge_tickets(merged=first, survivor=second, is_two_persons=True, by=chloe, at=timezone.now())
        log = merge_tickets(merged=second, survivor=third, is_two_persons=True, by=chloe, at=timezone.now())
        third.refresh_from_db()
        assert (third.files_count, stored_and_counted()) == (7, [])
        unmerge_tickets(log=log, by=chloe, at=timezone.now())
        assert stored_and_counted() == []

    def test_of_a_message_split_off_then_merged_again(self, make_ticket, make_touchpoint, chloe):
        ticket = make_with_files(make_ticket, 1)
        later = make_touchpoint(ticket, at=timezone.now())
        give_files(later, 2)
        Ticket.objects.filter(pk=ticket.pk).update(files_count=3)
        ticket.refresh_from_db()
        new = split(ticket=ticket, touchpoint=later, by=chloe, at=timezone.now())
        assert (new.files_count, stored_and_counted()) == (2, [])
        unsplit(touchpoint=later, by=chloe, at=timezone.now())
        assert stored_and_counted() == []
        ticket.refresh_from_db()
        new = split(ticket=ticket, touchpoint=later, by=chloe, at=timezone.now())
        merge_tickets(merged=new, survivor=ticket, is_two_persons=True, by=chloe, at=timezone.now())
        assert stored_and_counted() == []

    def test_of_a_file_that_comes_once_its_ticket_is_merged_and_separated(self, make_ticket, chloe):
        first, second = (make_with_files(make_ticket, number) for number in (1, 2))
        log = merge_tickets(merged=first, survivor=second, is_two_persons=True, by=chloe, at=timezone.now())
        late = first.touchpoints.get()
        give_files(late, 3)
        recounting.recount_files(tickets_showing(late))
        second.refresh_from_db()
        assert (second.files_count, stored_and_counted()) == (6, [])
        unmerge_tickets(log=log, by=chloe, at=timezone.now())
        first.refresh_from_db()
        second.refresh_from_db()
        assert (first.files_count, second.files_count, stored_and_counted()) == (4, 2, [])

    def test_of_a_file_that_comes_once_its_message_is_split_off(self, make_ticket, make_touchpoint, chloe):
        ticket = make_with_files(make_ticket, 1)
        later = make_touchpoint(ticket, at=timezone.now())
        new = split(ticket=ticket, touchpoint=later, by=chloe, at=timezone.now())
        give_files(later, 2)
        recounting.recount_files(tickets_showing(later))
        assert (Ticket.objects.get(pk=new.pk).files_count, stored_and_counted()) == (2, [])

    @pytest.mark.parametrize("is_merged", [False, True])
    def test_of_a_visit_undone(self, make_ticket, make_touchpoint, chloe, is_merged):
        ticket, other = make_with_files(make_ticket, 1), make_ticket()
        visit = make_touchpoint(ticket, channel="letter", at=timezone.now())
        give_files(visit, 2)
        Ticket.objects.filter(pk=ticket.pk).update(files_count=3)
        ticket.refresh_from_db()
        if is_merged:
            merge_tickets(merged=ticket, survivor=other, is_two_persons=True, by=chloe, at=timezone.now())
        assert stored_and_counted() == []
        withdraw_visit(touchpoint=visit, at=timezone.now())
        goes_on = Ticket.objects.get(pk=other.pk if is_merged else ticket.pk)
        assert (goes_on.files_count, stored_and_counted()) == (1, [])

    def test_files_of_our_answers_are_not_counted(self, make_ticket, make_touchpoint):
        ticket = make_ticket()
        answer = make_touchpoint(ticket, direction=Touchpoint.Direction.OUT, at=timezone.now())
        give_files(answer, 2)
        assert stored_and_counted() == []


class TestWrongNumbers:
    @pytest.fixture
    def wrong(self, make_ticket):
        ticket, merged = make_ticket(), make_ticket()
        ask(ticket, "a")
        give_files(ticket.touchpoints.get(), 2)
        Ticket.objects.filter(pk=ticket.pk).update(tasks_count=3, files_count=1)
        at = timezone.now() - timedelta(days=1)
        Ticket.objects.filter(pk=merged.pk).update(
            merged_into=ticket, state="closed", outcome="duplicate", closed_at=at, tasks_count=1
        )
        return ticket

    def test_are_found_at_the_survivor_and_at_what_was_merged(self, wrong):
        assert stored_and_counted() == [("tasks_count", 3, 1), ("tasks_count", 1, 0), ("files_count", 1, 2)]

    def test_are_said_and_left_without_fix(self, wrong):
        out = StringIO()
        with pytest.raises(SystemExit) as ended:
            call_command("recount", stdout=out)
        assert ended.value.code == 1
        assert f"{wrong.reference} : 3 écrit, 1 compté" in out.getvalue()
        assert f"{wrong.reference} : 1 écrit, 2 compté" in out.getvalue()
        assert len(stored_and_counted()) == 3

    def test_are_fixed_once_and_the_version_stays(self, wrong):
        out = StringIO()
        call_command("recount", "--fix", stdout=out)
        assert "Nombres corrigés : 3" in out.getvalue()
        fresh = Ticket.objects.get(pk=wrong.pk)
        assert (fresh.tasks_count, fresh.files_count, fresh.version) == (1, 2, wrong.version)
        call_command("recount", stdout=StringIO())

    def test_the_doctor_says_so_without_failing(self, wrong):
        found = doctor.hand_counts()
        assert (found.state, found.is_fatal) == ("à surveiller", False)
        assert found.detail == "3 faux : lancez « bin/manage recount --fix »"
        recounting.fix(recounting.find_all_differences())
        assert doctor.hand_counts().state == "bon"

    def test_a_number_that_came_right_meanwhile_is_left(self, wrong):
        found = recounting.find_all_differences()
        Ticket.objects.filter(pk=wrong.pk).update(tasks_count=1, files_count=2)
        assert recounting.fix(found) == 1

    def test_ten_cost_the_statements_of_one(self, make_ticket, django_assert_max_num_queries):
        for _rank in range(10):
            make_ticket(tasks_count=2, files_count=2)
        with django_assert_max_num_queries(7):
            assert len(recounting.find_all_differences()) == 20
