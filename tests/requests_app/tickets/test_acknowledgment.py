import itertools
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from requests_app.lib import seals
from requests_app.outbox.models import Outgoing
from requests_app.outbox.policies import POLICIES, Policy
from requests_app.people.models import Person
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.messages import limits
from requests_app.tickets.messages.limits import DAY, HOUR, incidents
from requests_app.tickets.models import ToDo, Touchpoint
from requests_app.tickets.selectors.thread import thread_of
from requests_app.tickets.services import receive

pytestmark = pytest.mark.django_db
State = Outgoing.State
NOW = timezone.now()
BOX = ("mdm.lyon8-est@grandlyon.com",)


@pytest.fixture
def write(territory):
    """A mail from someone, understood: `write(sender=…, at=…, **facts)` gives its ticket.

    Each has its own words: the same ones again the same day are one request.
    """
    ranks = itertools.count(1)

    def make(*, sender="samira@exemple.fr", at=NOW, channel="mail", text="Ma question secrète", **facts):
        facts = {"message_id": "1@exemple.fr", **facts}
        text = f"{text} {next(ranks)}"
        words = InboundMessage(
            channel=channel,
            occurred_at=at,
            text=text,
            sender_kind="email",
            sender_value=sender,
            sender_name="Samira Benali",
            mailboxes=BOX,
            facts=facts,
        )
        return receive(words, at=at).ticket

    return make


def ack_of(ticket):
    return Outgoing.objects.get(touchpoint__ticket=ticket)


class TestWords:
    def test_says_the_number_when_it_came_and_who_is_in_charge(self, write, lyon_8):
        ticket = write()
        ack = ack_of(ticket)
        assert ack.payload["subject"] == f"Votre demande {ticket.reference}"
        for words in (ticket.reference, lyon_8.name, lyon_8.phone, lyon_8.address, "69008"):
            assert words in ack.payload["text"]

    def test_M12_never_repeats_the_person_s_own_words(self, write):
        ticket = write(text="Cliquez ici http://piege.example")
        assert "piege" not in str(ack_of(ticket).payload)

    def test_an_answer_to_it_finds_the_demand(self, write):
        ticket = write()
        ack = ack_of(ticket)
        assert seals.reference_of_address(ack.payload["reply_to"]) == ticket.reference
        assert seals.reference_of_message_id(ack.message_id) == ticket.reference
        assert ack.payload["references"] == ["1@exemple.fr"]

    def test_stands_in_one_line_of_the_thread_and_its_words_are_there(self, write):
        ticket = write()
        line = thread_of(ticket).items[-1]
        assert (line.way, line.text, line.delivery) == (
            "event",
            "Accusé de réception à samira@exemple.fr",
            "queued",
        )
        assert ticket.reference in line.whole_text

    def test_a_counter_writes_no_letter(self, write):
        write(channel="frontdesk")
        assert not Outgoing.objects.exists()


class TestSilence:
    def test_M11_what_must_not_be_answered_is_not_and_the_ticket_says_why(self, write):
        ticket = write(no_ack=True, no_ack_reason="Liste de diffusion.")
        assert ack_of(ticket).state == State.REFUSED
        assert not ticket.tasks.exists()
        assert thread_of(ticket).items[-1].text == "Pas d’accusé de réception : Liste de diffusion."

    def test_M11_our_own_addresses_never_answer_each_other(self, write):
        assert ack_of(write(sender="accueil@demande.invalid")).state == State.REFUSED

    def test_M11_one_in_an_hour_the_next_waits_and_names_the_others(self, write):
        first, second, third = (write(at=NOW + timedelta(minutes=m)) for m in (0, 5, 10))
        assert ack_of(first).try_after == NOW
        waiting = ack_of(second)
        assert waiting.try_after == NOW + timedelta(hours=1)
        assert third.reference in waiting.payload["text"]
        assert ack_of(third).state == State.CANCELLED
        assert second.reference in ack_of(third).reason

    def test_M11_a_robot_that_answers_at_once_gets_five_a_day_at_most(self, write):
        """An auto-responder without headers: each mail of ours would bring one more of its own."""
        minutes = range(0, 24 * 60, 13)
        tickets = [write(at=NOW + timedelta(minutes=m)) for m in minutes]
        left = Outgoing.objects.exclude(state__in=Outgoing.NEVER_LEFT)
        assert left.count() <= (POLICIES["acknowledgment"].per_day or 0)
        assert "un agent répond" in ack_of(tickets[-1]).reason
        assert tickets[-1].tasks.get().kind == ToDo.Kind.ACKNOWLEDGE
        assert not tickets[0].tasks.exists()

    def test_M12_a_domain_and_the_whole_are_bounded(self, write, monkeypatch):
        monkeypatch.setitem(POLICIES, "acknowledgment", Policy(5, per_domain_hour=3))
        states = [ack_of(write(sender=f"victime{n}@cible.fr")).state for n in range(5)]
        assert states == [State.QUEUED] * 3 + [State.REFUSED] * 2

    def test_limits_can_be_lifted_for_a_load_check(self, write, settings):
        settings.LIMITS_ON = False
        assert [ack_of(write()).state for _ in range(7)] == [State.QUEUED] * 7


def test_an_acknowledgment_is_not_a_word_of_the_person(write):
    ticket = write()
    assert ticket.touchpoints.filter(direction=Touchpoint.Direction.IN).count() == 1


MANY = """
INSERT INTO outbox_outgoing (key, kind, channel, recipient, message_id, payload, files, state, reason,
                             created_at, try_after, give_up_at, attempts, provider_id)
SELECT n, 'acknowledgment', 'mail', n || '@exemple.fr', n, '{}', '{}', 'sent', '',
       now() - n * interval '10 s', now(), now(), 1, ''
  FROM generate_series(1, 10000) n; ANALYZE outbox_outgoing"""


class TestFlood:
    def test_M12_no_more_than_so_many_in_all_and_every_staff_page_says_it(self, write, monkeypatch):
        monkeypatch.setitem(POLICIES, "acknowledgment", Policy(5, per_hour=3))
        states = [ack_of(write(sender=f"victime@cible{n}.fr")).state for n in range(5)]
        assert states == [State.QUEUED] * 3 + [State.REFUSED] * 2
        (sentence,) = incidents(NOW)
        assert sentence.startswith("Trop d’accusés de réception en une heure")
        assert incidents(NOW + timedelta(hours=1, minutes=1)) == []

    def test_M12_a_single_victim_gets_five_whoever_pretends_to_be_her(self, write):
        for minutes in range(0, 600, 20):
            write(sender="victime@cible.fr", at=NOW + timedelta(minutes=minutes))
        assert Outgoing.objects.exclude(state__in=Outgoing.NEVER_LEFT).count() <= 5

    def test_M12_counting_reads_no_more_than_the_limit(self, write):
        """Two indexes, however many messages are kept: the plan has no sequential scan."""
        with connection.cursor() as cursor:
            cursor.execute(MANY)
            values = {"kind": "acknowledgment", "recipient": "a@b.fr", "domain": "@b.fr", "most": 2000}
            values |= {"hour": NOW - HOUR, "day": NOW - DAY, "never_left": ("refused",)}
            cursor.execute(f"EXPLAIN {limits.COUNTS}", values)
            plan = "\n".join(row[0] for row in cursor.fetchall())
        assert "Seq Scan" not in plan
        assert {"outgoing_of_kind", "outgoing_to"} <= set(plan.split())


@pytest.mark.django_db(transaction=True)
def test_M11_many_first_mails_of_one_sender_at_once_are_one_person_and_one_acknowledgment(write, at_once):
    at_once(*[write] * 6)
    assert Person.objects.filter(contact_points__value="samira@exemple.fr").count() == 1
    assert Outgoing.objects.due(NOW).count() == 1
