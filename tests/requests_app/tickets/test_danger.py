"""Danger said in plain words, by any door: urgent, marked, reserved, silent, a call first (threats: N12)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from channels_app.delivery import services as delivery
from requests_app.access.scope import scope_of
from requests_app.catalog.models import Topic
from requests_app.lib import seals
from requests_app.outbox.models import Outgoing
from requests_app.tickets.errors import NotAllowed, Refused
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.messages.automatic import plan_message
from requests_app.tickets.messages.recipient import Reader
from requests_app.tickets.messages.service_identity import mail_to
from requests_app.tickets.models import Event, Mark, Ticket, ToDo
from requests_app.tickets.models.tickets import Priority
from requests_app.tickets.services import (
    change_priority,
    change_topic,
    dismiss_danger,
    receive,
    restore_danger,
    sort,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()
HITS = "mon mari me frappe devant les enfants. ne m'appelez pas a la maison"
SENDER = "l.anon@exemple.fr"
PLAIN = "Bonjour, où en est mon dossier ?"


@pytest.fixture
def say_it(territory):
    """Words that come by a door: `say_it(text, channel="sms", …)` gives their ticket."""

    def make(text=HITS, *, channel="mail", minutes=0, **fields):
        at = NOW + timedelta(minutes=minutes)
        sender = {"sender_kind": "email", "sender_value": SENDER} if channel in ("mail", "portal") else {}
        whole = {"occurred_at": at, "text": text, "mailboxes": ("mdm.lyon8-est@grandlyon.com",), **sender}
        return receive(InboundMessage(channel=channel, **{**whole, **fields}), at=at).ticket

    return make


def now_of(ticket):
    return Ticket.objects.select_related("topic").get(pk=ticket.pk)


def calls(ticket):
    return list(ToDo.objects.to_do().filter(ticket=ticket, kind="call").values_list("text", flat=True))


class TestHeard:
    @pytest.mark.parametrize("channel", ["mail", "sms", "portal", "frontdesk", "phone", "letter", "chat"])
    def test_N12_at_every_door(self, say_it, channel):
        ticket = now_of(say_it(channel=channel))
        assert ticket.marks == ["danger"]
        assert (ticket.priority, ticket.is_sensitive) == (Priority.URGENT, True)
        assert calls(ticket) == [
            "Danger : appelez la personne. Sur les appels : « ne m'appelez pas a la maison »"
        ]

    def test_N12_in_the_subject_alone(self, say_it):
        assert now_of(say_it("Appelez vite", subject="Mon mari me bat")).is_in_danger

    def test_N12_nothing_is_marked_of_a_look_alike(self, say_it):
        ticket = now_of(say_it("Je meurs d'impatience, le vent bat ma fenêtre."))
        assert (ticket.marks, ticket.priority, ticket.is_sensitive) == ([], Priority.NORMAL, False)
        assert not ToDo.objects.exists()

    def test_N12_words_that_join_a_ticket_mark_it_too(self, say_it):
        ticket = say_it(PLAIN)
        joined = say_it("il va me tuer, aidez moi", minutes=5, follows=ticket.reference)
        assert joined == ticket
        ticket = now_of(ticket)
        assert (ticket.marks, ticket.is_urgent, ticket.is_sensitive) == (["danger"], True, True)
        assert Event.objects.get(ticket=ticket, kind=Event.Kind.DANGER).by is None

    def test_N12_other_marks_stay(self, say_it):
        ticket = say_it(PLAIN, marks=(Mark.MACHINE,))
        say_it(minutes=5, follows=ticket.reference)
        assert now_of(ticket).marks == ["machine", "danger"]

    def test_an_answer_is_not_heard_twice_through_its_quote(self, say_it, chloe):
        ticket = say_it(PLAIN)
        quoted = f"Merci.\n> {HITS}"
        say_it(quoted, reply_text="Merci.", minutes=5, follows=ticket.reference)
        assert now_of(ticket).marks == []

    def test_a_repeated_danger_asks_for_one_call(self, say_it):
        ticket = say_it()
        say_it("il me frappe encore", minutes=5, follows=ticket.reference)
        assert len(calls(ticket)) == 1

    def test_without_danger_nothing_is_read_or_written_more(self, say_it):
        say_it(PLAIN)
        with CaptureQueriesContext(connection) as plain:
            say_it(PLAIN, minutes=1)
        assert not [q for q in plain if "tickets_task" in q["sql"] or "tickets_event" in q["sql"]]


class TestWhoReads:
    def test_N12_A03_its_words_are_for_case_handlers(self, say_it, bruno, chloe, david, elsa):
        ticket = say_it()
        readers = [
            user.username
            for user in (bruno, chloe, david, elsa)
            if Ticket.objects.readable(scope_of(user)).filter(pk=ticket.pk).exists()
        ]
        assert readers == ["chloe"]

    def test_a_topic_chosen_later_does_not_lift_the_reserve(self, say_it, chloe):
        ticket = now_of(say_it())
        change_topic(ticket=ticket, topic=Topic.objects.get(code="rsa-demande"), by=chloe, at=NOW)
        assert now_of(ticket).is_sensitive


class TestSilence:
    def test_N12_no_acknowledgment_leaves(self, say_it, office):
        ticket = say_it()
        delivery.sweep(at=NOW + timedelta(hours=2))
        ack = Outgoing.objects.get(touchpoint__ticket=ticket)
        assert ack.state == Outgoing.State.REFUSED
        assert ack.reason == "Danger : rien ne part automatiquement, un agent appelle."
        assert office.ids == []

    def test_N12_what_already_waited_does_not_leave(self, say_it, office):
        ticket = say_it(PLAIN)
        say_it(minutes=1, follows=ticket.reference)
        delivery.sweep(at=NOW + timedelta(minutes=2))
        assert Outgoing.objects.get(touchpoint__ticket=ticket).state == Outgoing.State.CANCELLED
        assert office.ids == []
        assert "Danger : un message automatique n’est pas parti. Dites-le de vive voix." in calls(ticket)

    def test_N12_neither_the_receipt_of_its_topic(self, say_it, chloe):
        ticket = now_of(say_it())
        sort(ticket=ticket, topic=Topic.objects.get(code="rsa-demande"), maison=None, by=chloe, at=NOW)
        states = Outgoing.objects.filter(touchpoint__ticket=ticket).values_list("kind", "state")
        assert set(states) == {("acknowledgment", "refused"), ("receipt", "refused")}

    @pytest.mark.parametrize(
        ("kind", "state"), [("notice", "refused"), ("survey", "refused"), ("code", "queued")]
    )
    def test_N12_only_the_code_that_is_asked_for_leaves(self, say_it, kind, state):
        ticket = now_of(say_it())
        reader = Reader(SENDER)
        message = mail_to(ticket, reader, key=f"{kind}:1", kind=kind, text="…", subject="…", sender="…")
        message = replace(message, message_id=seals.new_message_id(ticket.reference))
        assert plan_message(ticket=ticket, message=message, at=NOW).state == state


class TestDecision:
    def test_N12_a_handler_says_that_it_is_none(self, say_it, chloe):
        ticket = now_of(say_it())
        dismiss_danger(ticket=ticket, by=chloe, at=NOW)
        ticket = now_of(ticket)
        assert (ticket.marks, ticket.is_sensitive, ticket.priority) == ([], False, Priority.NORMAL)
        assert Event.objects.get(kind=Event.Kind.DANGER_DISMISSED).by == chloe
        tasks = list(ToDo.objects.to_do().values_list("kind", "text"))
        assert tasks == [("acknowledge", "Aucun accusé de réception n’est parti. On craignait un danger.")]

    def test_and_takes_it_back(self, say_it, chloe):
        ticket = now_of(say_it())
        dismiss_danger(ticket=ticket, by=chloe, at=NOW)
        restore_danger(ticket=ticket, by=chloe, at=NOW)
        ticket = now_of(ticket)
        assert (ticket.marks, ticket.is_sensitive, ticket.is_urgent) == (["danger"], True, True)
        assert list(ToDo.objects.to_do().values_list("kind", flat=True)) == ["call"]
        assert "ne m'appelez pas a la maison" in calls(ticket)[0]

    @pytest.mark.parametrize("who", ["bruno", "david", "elsa"])
    def test_A03_who_may_not_read_decides_nothing(self, say_it, who, request):
        ticket = now_of(say_it())
        with pytest.raises(NotAllowed):
            dismiss_danger(ticket=ticket, by=request.getfixturevalue(who), at=NOW)

    def test_twice_is_refused(self, say_it, chloe):
        ticket = now_of(say_it())
        with pytest.raises(Refused):
            restore_danger(ticket=ticket, by=chloe, at=NOW)
        dismiss_danger(ticket=ticket, by=chloe, at=NOW)
        with pytest.raises(Refused):
            dismiss_danger(ticket=ticket, by=chloe, at=NOW)

    def test_what_an_agent_called_urgent_stays_so(self, say_it, chloe):
        ticket = now_of(say_it(PLAIN))
        change_priority(ticket=ticket, priority=Priority.URGENT, by=chloe, at=NOW)
        say_it(minutes=1, follows=ticket.reference)
        ticket = now_of(ticket)
        dismiss_danger(ticket=ticket, by=chloe, at=NOW + timedelta(minutes=2))
        assert now_of(ticket).is_urgent

    def test_a_sensitive_topic_stays_reserved(self, say_it, chloe):
        ticket = now_of(say_it(topic_code="enfance-danger"))
        dismiss_danger(ticket=ticket, by=chloe, at=NOW)
        assert now_of(ticket).is_sensitive
