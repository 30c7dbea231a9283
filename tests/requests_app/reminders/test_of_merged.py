"""What hangs on a merged ticket is seen and done where it goes on, and is given back by the undo."""

from datetime import timedelta

import pytest

from requests_app.access.scope import scope_of
from requests_app.answers.models import Draft
from requests_app.appointments import services as appointments
from requests_app.appointments.models import Appointment
from requests_app.appointments.selectors import appointments_of_maison, appointments_of_ticket, coming
from requests_app.outbox.models import Outgoing
from requests_app.reminders.services.preflight import is_still_valid
from requests_app.tickets.errors import NotAllowed
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.models import Mark, PersonProposal, Ticket, ToDo
from requests_app.tickets.selectors.promises import to_call
from requests_app.tickets.services import (
    ProposalContent,
    accept_proposal,
    add_participant,
    allow_participant,
    ask,
    finish,
    merge_tickets,
    propose,
    receive,
    remove_participant,
    undo_finish,
    unmerge_last,
)
from requests_app.visits.selectors import queue_of
from requests_app.visits.services import arrive
from tests.requests_app.appointments.conftest import NOW, THURSDAY

State, Reply = Appointment.State, Appointment.Reply
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def gone(make_ticket, amina):
    """Merged, and handled at Lyon 8e."""
    return make_ticket(person=amina, text="Mon rendez-vous", received_at=NOW - timedelta(days=1))


@pytest.fixture
def stays(make_ticket, amina, villeurbanne):
    """Where it goes on, handled by Elsa at Villeurbanne."""
    ticket = make_ticket(person=amina, text="Ma facture", received_at=NOW - timedelta(days=2))
    Ticket.objects.filter(pk=ticket.pk).update(maison=villeurbanne, state="open")
    ticket.refresh_from_db()
    return ticket


@pytest.fixture
def merge(gone, stays, chloe):
    def do():
        merge_tickets(merged=gone, survivor=stays, by=chloe, at=NOW)
        gone.refresh_from_db()
        stays.refresh_from_db()

    return do


@pytest.fixture
def separate(stays, gone, elsa):
    def do():
        unmerge_last(ticket=stays, by=elsa, at=LATER)
        gone.refresh_from_db()
        stays.refresh_from_db()

    return do


def counts(*tickets):
    return list(
        Ticket.objects.filter(pk__in=[each.pk for each in tickets])
        .values_list("tasks_count", flat=True)
        .order_by("pk")
    )


class TestAppointments:
    def test_are_read_by_those_who_read_where_it_goes_on(self, give, gone, stays, merge, elsa, lyon_8):
        given = give(ticket=gone)
        merge()
        shown = appointments_of_ticket(stays, scope=scope_of(elsa))
        assert [(line.id, line.is_readable, line.reference) for line in shown] == [
            (given.pk, True, stays.reference)
        ]
        day = appointments_of_maison(
            maison_id=lyon_8.pk, start=THURSDAY, end=THURSDAY + timedelta(hours=1), scope=scope_of(elsa)
        )
        assert [line.reference for line in day] == [stays.reference]
        assert [line.id for line in coming(person_id=gone.person_id, now=NOW, scope=scope_of(elsa))] == [
            given.pk
        ]

    def test_A03_never_through_one_that_is_not_reserved(self, give, gone, stays, merge, elsa, lyon_8):
        give(ticket=gone)
        merge()
        Ticket.objects.filter(pk=gone.pk).update(is_sensitive=True)
        stays.refresh_from_db()
        assert appointments_of_ticket(stays, scope=scope_of(elsa)) == []
        end = THURSDAY + timedelta(hours=1)
        day = appointments_of_maison(maison_id=lyon_8.pk, start=THURSDAY, end=end, scope=scope_of(elsa))
        assert [(line.is_readable, line.reference) for line in day] == [(False, "")]

    def test_are_moved_and_cancelled_there(self, give, gone, merge, elsa, villeurbanne, wish, separate):
        given = give(ticket=gone)
        Appointment.objects.filter(pk=given.pk).update(maison=villeurbanne, agent=elsa)
        given.refresh_from_db()
        with pytest.raises(NotAllowed):
            appointments.call_off(appointment=given, reason="Absente", by=elsa, at=NOW)
        merge()
        given = Appointment.objects.get(pk=given.pk)
        appointments.call_off(appointment=given, reason="Absente", by=elsa, at=NOW)
        assert given.state == State.CANCELLED_BY_SERVICE
        separate()
        assert list(gone.appointments.all()) == [given]

    def test_who_is_typing_there_learns_that_one_changed(self, give, gone, stays, merge):
        given = give(ticket=gone)
        merge()
        before = stays.version
        appointments.confirm(appointment=Appointment.objects.get(pk=given.pk), at=LATER)
        stays.refresh_from_db()
        assert stays.version == before + 1

    def test_an_answer_that_comes_there_is_heard(self, give, gone, stays, merge, separate):
        given = give(ticket=gone)
        Outgoing.objects.update(state="sent", sent_at=NOW)
        merge()
        said = InboundMessage(
            channel="mail",
            occurred_at=LATER,
            text="Je ne pourrai pas venir jeudi 26",
            sender_kind="email",
            sender_value="amina.benali@exemple.fr",
            follows=gone.reference,
        )
        assert receive(said, at=LATER).ticket == stays
        given.refresh_from_db()
        assert given.reply == Reply.NOT_COMING
        task = ToDo.objects.to_do().get(kind=ToDo.Kind.APPOINTMENT)
        assert stays.reference not in task.text
        assert counts(gone, stays) == [0, 1]
        separate()
        assert counts(gone, stays) == [1, 0]

    def test_a_reminder_leaves_all_the_same_but_for_a_danger(self, give, gone, stays, merge):
        give(ticket=gone)
        merge()
        reminder = Outgoing.objects.filter(kind=Outgoing.Kind.REMINDER).first()
        assert is_still_valid(reminder, NOW) == ""
        Ticket.objects.filter(pk=stays.pk).update(marks=[Mark.DANGER])
        assert "Danger" in is_still_valid(reminder, NOW)


class TestTasks:
    def test_are_counted_where_they_are_done(self, gone, stays, merge, elsa, separate):
        due = NOW + timedelta(hours=3)
        ask(ticket=gone, kind=ToDo.Kind.CALL, text="Appeler", key="k", at=NOW, due_at=due)
        assert (counts(gone, stays), to_call(scope_of(elsa), maison_id=None)) == ([1, 0], 0)
        merge()
        assert (counts(gone, stays), to_call(scope_of(elsa), maison_id=stays.maison_id)) == ([0, 1], 1)
        finish(task=ToDo.objects.get(), by=elsa, at=LATER)
        assert counts(gone, stays) == [0, 0]
        undo_finish(task=ToDo.objects.get(), by=elsa, at=LATER)
        separate()
        assert (counts(gone, stays), to_call(scope_of(elsa), maison_id=None)) == ([1, 0], 0)

    def test_what_is_asked_later_counts_there_too(self, gone, stays, merge, separate):
        merge()
        ask(ticket=gone, kind=ToDo.Kind.CALL, text="Appeler", key="k", at=NOW)
        assert counts(gone, stays) == [0, 1]
        separate()
        assert counts(gone, stays) == [1, 0]


class TestWhatElseHangsOnIt:
    def test_pending_proposals_are_decided_there(self, gone, stays, merge, elsa, amina):
        propose(touchpoint=gone.touchpoints.get(), said=[ProposalContent("need", need="no_internet")], at=NOW)
        found = PersonProposal.objects.get()
        with pytest.raises(NotAllowed):
            accept_proposal(proposal=found, by=elsa, at=NOW)
        merge()
        accept_proposal(proposal=PersonProposal.objects.get(), by=elsa, at=NOW)
        assert amina.access_needs.filter(kind="no_internet").exists()

    def test_participants_are_chosen_there(self, gone, merge, elsa, chloe, separate):
        add_participant(
            ticket=gone,
            address="aide@exemple.fr",
            name="Une aide",
            role="helper",
            may_receive=True,
            by=chloe,
            at=NOW,
        )
        merge()
        helper = gone.participants.get()
        allow_participant(participant=helper, may_receive=False, by=elsa, at=NOW)
        remove_participant(participant=gone.participants.get(), by=elsa, at=NOW)
        separate()
        assert gone.participants.get().removed_at == NOW

    def test_a_visitor_keeps_their_place_in_the_queue(self, gone, merge, separate, chloe, lyon_8):
        visit = arrive(touchpoint=gone.touchpoints.get(), maison_id=lyon_8.pk, at=NOW)
        for step in (merge, separate):
            step()
            queue = queue_of(maison_id=lyon_8.pk, scope=scope_of(chloe), at=NOW)
            assert [line.id for line in queue.waiting] == [visit.pk]

    def test_drafts_come_back(self, gone, stays, merge, separate, chloe, bruno):
        for ticket, text, author in (
            (gone, "Bonjour", chloe),
            (stays, "Une note", bruno),
            (gone, "La suite", bruno),
        ):
            Draft.objects.create(ticket=ticket, author=author, kind="answer", text=text, updated_at=NOW)
        written = set(Draft.objects.values_list("ticket", "author", "text"))
        merge()
        separate()
        assert set(Draft.objects.values_list("ticket", "author", "text")) == written

    def test_a_draft_changed_since_stays_where_it_is(self, gone, stays, merge, separate, bruno):
        for ticket in (gone, stays):
            Draft.objects.create(ticket=ticket, author=bruno, kind="answer", text="Un", updated_at=NOW)
        merge()
        Draft.objects.update(text="Tout autre chose")
        separate()
        assert list(Draft.objects.values_list("ticket", "text")) == [(stays.pk, "Tout autre chose")]
