"""What an agent must do by hand: asked once, done by one, undone, dropped with its cause."""

from datetime import timedelta

import pytest
from django.utils import timezone

from requests_app.tickets.errors import NotAllowed
from requests_app.tickets.models import State, ToDo
from requests_app.tickets.services import ask, close, drop, finish, reopen, undo_finish
from requests_app.tickets.services.todos import AlreadyDone, AskedAgain

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def ticket(make_ticket):
    return make_ticket()


def asked(ticket, key="contact:1", text="Vérifiez l’adresse.", **fields):
    return ask(ticket=ticket, kind=ToDo.Kind.CHECK_CONTACT, text=text, key=key, at=NOW, **fields)


def count_of(ticket):
    ticket.refresh_from_db()
    return ticket.tasks_count


class TestAsk:
    def test_keeps_the_sentence_and_counts_it(self, ticket):
        task = asked(ticket, due_at=NOW + timedelta(days=2))
        assert (task.text, task.due_at, task.done_at) == (
            "Vérifiez l’adresse.",
            NOW + timedelta(days=2),
            None,
        )
        assert count_of(ticket) == 1

    def test_a_second_time_changes_nothing(self, ticket):
        first = asked(ticket)
        assert asked(ticket, text="Autrement dit") == first
        assert count_of(ticket) == 1
        assert ToDo.objects.get().text == "Vérifiez l’adresse."

    def test_the_same_cause_may_come_back_once_it_was_done(self, ticket, chloe):
        finish(task=asked(ticket), by=chloe, at=NOW)
        asked(ticket)
        assert count_of(ticket) == 1

    def test_what_an_agent_reads_meanwhile_is_not_said_to_have_changed(self, ticket):
        before = ticket.version
        asked(ticket)
        ticket.refresh_from_db()
        assert ticket.version == before


class TestFinish:
    def test_says_who_did_it_and_when(self, ticket, chloe):
        task = asked(ticket)
        finish(task=task, by=chloe, at=NOW)
        task.refresh_from_db()
        assert (task.done_at, task.done_by) == (NOW, chloe)
        assert count_of(ticket) == 0
        assert ticket.events.get().data["reason"] == "Vérifiez l’adresse."

    def test_whoever_comes_second_is_told_so(self, ticket, chloe, david):
        task = asked(ticket)
        finish(task=task, by=chloe, at=NOW)
        with pytest.raises(AlreadyDone):
            finish(task=task, by=david, at=NOW)
        assert count_of(ticket) == 0

    def test_A01_only_who_handles_the_demand_may(self, ticket, elsa, bruno):
        task = asked(ticket)
        for stranger in (elsa, bruno):
            with pytest.raises(NotAllowed):
                finish(task=task, by=stranger, at=NOW)
        assert count_of(ticket) == 1


class TestUndo:
    def test_it_is_to_do_again(self, ticket, chloe):
        task = asked(ticket)
        finish(task=task, by=chloe, at=NOW)
        undo_finish(task=task, by=chloe, at=NOW)
        task.refresh_from_db()
        assert (task.done_at, task.done_by) == (None, None)
        assert count_of(ticket) == 1

    def test_not_twice(self, ticket, chloe):
        task = asked(ticket)
        finish(task=task, by=chloe, at=NOW)
        undo_finish(task=task, by=chloe, at=NOW)
        with pytest.raises(AskedAgain):
            undo_finish(task=task, by=chloe, at=NOW)
        assert count_of(ticket) == 1

    def test_not_when_it_was_asked_again_meanwhile(self, ticket, chloe):
        task = asked(ticket)
        finish(task=task, by=chloe, at=NOW)
        asked(ticket)
        with pytest.raises(AskedAgain):
            undo_finish(task=task, by=chloe, at=NOW)
        assert count_of(ticket) == 1


class TestDrop:
    def test_goes_with_its_cause_and_nobody_did_it(self, ticket):
        task = asked(ticket)
        assert drop(key="contact:1", at=NOW)
        task.refresh_from_db()
        assert (task.done_at, task.done_by) == (NOW, None)
        assert count_of(ticket) == 0

    def test_does_nothing_when_nothing_is_to_do(self, ticket, chloe):
        assert not drop(key="contact:1", at=NOW)
        finish(task=asked(ticket), by=chloe, at=NOW)
        assert not drop(key="contact:1", at=NOW)
        assert count_of(ticket) == 0

    def test_what_went_by_itself_does_not_come_back_by_hand(self, ticket, chloe):
        task = asked(ticket)
        drop(key="contact:1", at=NOW)
        with pytest.raises(AskedAgain):
            undo_finish(task=task, by=chloe, at=NOW)


def test_it_outlives_the_end_of_the_demand(ticket, chloe):
    asked(ticket)
    close(ticket=ticket, outcome="answered", by=chloe, at=NOW)
    assert count_of(ticket) == 1
    finish(task=ticket.tasks.get(), by=chloe, at=NOW)
    assert ticket.state == State.CLOSED
    reopen(ticket=ticket, reason="Elle a rappelé", by=chloe, at=NOW)
    assert count_of(ticket) == 0
