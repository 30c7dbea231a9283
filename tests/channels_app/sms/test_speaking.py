"""SMS leave by the real client, once; what the provider answers is told apart (threats: O01, O03, S06)."""

import logging
import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from channels_app.delivery import services as delivery
from channels_app.delivery.models import Circuit
from channels_app.sms import budget
from channels_app.sms.models import Spending
from channels_app.sms.provider import accounts
from requests_app.outbox import links
from requests_app.outbox.models import Outgoing
from requests_app.people.models import ContactChoice, ContactPoint
from requests_app.tickets.messages.automatic import show
from requests_app.tickets.models import ToDo
from tests.channels_app.sms.conftest import AMINA, OURS, fresh, send, sent, sweep

pytestmark = pytest.mark.django_db
State = Outgoing.State


class TestSending:
    def test_what_is_due_leaves_and_is_noted_with_its_id(self, telephone, to_send):
        outgoing = to_send(text="Métropole : c’est noté")
        assert send(outgoing) == State.SENT
        (text,) = sent(telephone)
        assert (text.to, text.sender, text.body) == (AMINA, OURS, "Métropole : c’est noté")
        assert fresh(outgoing).provider_id == text.sid
        assert text.callback == f"https://gru.exemple.fr/entree/sms/twilio/statut/?envoi={outgoing.pk}"

    def test_W09_the_secret_link_is_put_in_when_it_leaves(self, telephone, to_send):
        outgoing = to_send(text="Suivi : {lien}")
        links.link_for(outgoing.key, "ticket", 7, timezone.now())
        send(outgoing)
        assert sent(telephone)[0].body.startswith("Suivi : https://gru.exemple.fr/s/")
        assert "{lien}" in fresh(outgoing).payload["text"]

    def test_N09_without_an_account_an_agent_is_asked_to_call(self, to_send, settings, make_ticket):
        settings.TWILIO_ACCOUNT_SID = ""
        outgoing = to_send()
        show(ticket=make_ticket(), outgoing=outgoing, at=timezone.now())
        send(outgoing)
        assert "aucun service de SMS" in ToDo.objects.to_do().get(kind=ToDo.Kind.CALL).text

    def test_without_an_account_it_waits_and_nothing_gives_up(self, to_send, settings):
        settings.TWILIO_ACCOUNT_SID = ""
        outgoing = to_send()
        assert send(outgoing, timezone.now() + timedelta(days=2)) == State.QUEUED

    def test_P01_neither_number_nor_words_are_logged(self, telephone, to_send, caplog):
        with caplog.at_level(logging.DEBUG):
            send(to_send(text="Elle a peur"))
        assert "peur" not in caplog.text
        assert AMINA not in caplog.text


class TestRefusals:
    @pytest.mark.parametrize(
        ("number", "why"),
        [
            ("+33478634040", "ne reçoit pas"),
            ("+33899123456", "ne reçoit pas"),
            ("+4179123456", "ce pays"),
            ("AMELI", "ne reçoit"),
        ],
    )
    def test_S06_landlines_premium_numbers_and_other_countries_get_none(
        self, telephone, to_send, number, why
    ):
        outgoing = to_send(recipient=number)
        assert send(outgoing) == State.FAILED
        assert why in fresh(outgoing).reason
        assert not sent(telephone)

    def test_S06_overseas_departments_do(self, telephone, to_send):
        assert send(to_send(recipient="+262692123456")) == State.SENT

    def test_S05_who_said_stop_to_the_provider_is_noted_and_not_tried_again(self, telephone, to_send, amina):
        telephone.stopped.add(AMINA)
        outgoing = to_send(contact_point=amina.contact_points.get(kind="phone"))
        assert send(outgoing) == State.FAILED
        assert "STOP" in fresh(outgoing).reason
        assert ContactChoice.objects.get().word == "21610"
        assert not amina.contact_points.get(kind="phone").allows(ContactPoint.Use.REMINDER)

    def test_O06_a_number_without_sms_is_to_check(self, telephone, to_send, amina):
        telephone.troubles.set("21614", 1)
        point = amina.contact_points.get(kind="phone")
        assert send(to_send(contact_point=point)) == State.FAILED
        point.refresh_from_db()
        assert point.needs_check


class TestTrouble:
    @pytest.mark.parametrize("mode", ["429", "503"])
    def test_O03_not_now_is_tried_later(self, telephone, to_send, mode):
        telephone.troubles.set(mode, 1)
        outgoing = to_send()
        assert send(outgoing) == State.QUEUED
        sweep(minutes=2)
        assert fresh(outgoing).state == State.SENT
        assert len(sent(telephone)) == 1

    @pytest.mark.parametrize("mode", ["500", "hang", "close_before", "close_after"])
    def test_O01_a_lost_answer_is_asked_for_before_anything_leaves_again(self, telephone, to_send, mode):
        telephone.troubles.set(mode, 1)
        outgoing = to_send()
        assert send(outgoing) == State.UNCERTAIN
        sweep(minutes=2)
        assert fresh(outgoing).state == State.SENT
        assert fresh(outgoing).provider_id == sent(telephone)[0].sid
        assert len(sent(telephone)) == 1

    def test_O01_at_most_one_resend_then_an_agent_looks(self, telephone, to_send):
        telephone.troubles.set("close_before", 2)
        outgoing = to_send()
        send(outgoing)
        for minutes in (2, 4, 6, 8):
            sweep(minutes=minutes)
        found = fresh(outgoing)
        assert (found.state, found.attempts) == (State.UNCERTAIN, 2)
        assert found.ended_at

    def test_O01_while_nobody_can_be_asked_nothing_leaves_again(self, telephone, to_send):
        telephone.troubles.set("close_after", 1)
        outgoing = to_send()
        send(outgoing)
        telephone.troubles.set("outage", 1000)
        for minutes in (2, 10, 60, 119):
            sweep(minutes=minutes)
        assert (fresh(outgoing).state, fresh(outgoing).attempts) == (State.UNCERTAIN, 1)
        telephone.troubles.set("off", 0)
        sweep(hours=3)
        assert fresh(outgoing).state == State.SENT
        assert len(sent(telephone)) == 1

    def test_O01_the_same_words_twice_to_one_number_are_two_messages(self, telephone, to_send):
        first, second = to_send(key="1"), to_send(key="2")
        send(first)
        telephone.troubles.set("close_before", 1)
        send(second)
        sweep(minutes=2)
        assert len(sent(telephone)) == 2
        assert fresh(first).provider_id != fresh(second).provider_id

    def test_F06_down_for_two_hours_then_back_each_leaves_once(self, telephone, to_send):
        rows = [to_send(key=str(n), recipient=f"+3363998{n:04d}") for n in range(20)]
        telephone.troubles.set("outage", 10_000)
        for minutes in range(0, 120, 10):
            sweep(minutes=minutes)
        assert Circuit.objects.get(pk="sms").failures >= 5
        telephone.troubles.set("off", 0)
        for minutes in (240, 360, 361):
            sweep(minutes=minutes)
        assert sorted(text.to for text in sent(telephone)) == sorted(row.recipient for row in rows)

    def test_O03_nobody_listens(self, to_send):
        accounts.client_of.cache_clear()
        assert send(to_send()) == State.QUEUED


class TestLimits:
    def test_S06_three_an_hour_to_one_number_the_next_waits(self, telephone, to_send):
        states = [send(to_send(key=str(n))) for n in range(4)]
        assert states == [State.SENT] * 3 + [State.QUEUED]
        sweep(minutes=61)
        assert len(sent(telephone)) == 4  # the rate is counted from the instant of the sweep

    def test_N09_what_the_rate_keeps_back_is_a_call_until_it_leaves(self, telephone, to_send, make_ticket):
        rows = [to_send(key=str(n)) for n in range(4)]
        show(ticket=make_ticket(), outgoing=rows[3], at=timezone.now())
        for row in rows:
            send(row)
        (call,) = ToDo.objects.to_do()
        assert call.kind == ToDo.Kind.CALL
        assert "trois SMS en une heure" in call.text
        sweep(minutes=61)
        assert fresh(rows[3]).state == State.SENT
        assert not ToDo.objects.to_do().exists()

    @pytest.mark.parametrize("kind", ["appointment", "receipt", "transfer", "reminder"])
    def test_N09_what_is_owed_is_never_held_by_the_rate(self, telephone, to_send, kind):
        for n in range(3):
            send(to_send(key=str(n)))
        owed = [to_send(key=f"owed-{n}", kind=kind) for n in range(4)]
        for row in owed:
            budget.check_rate(row, timezone.now())  # raises Held when it keeps one back

    def test_S06_codes_are_counted_apart_from_what_else_left(self, telephone, to_send):
        for n in range(3):
            send(to_send(key=str(n)))
        codes = [to_send(key=f"code-{n}", kind="code") for n in range(4)]
        budget.check_rate(codes[0], timezone.now())
        Outgoing.objects.filter(pk__in=[code.pk for code in codes[:3]]).update(sent_at=timezone.now())
        with pytest.raises(budget.Held):
            budget.check_rate(codes[3], timezone.now())

    def test_N09_a_spent_budget_is_a_call_at_once_and_the_sms_leaves_in_the_morning(
        self, telephone, to_send, settings, make_ticket
    ):
        settings.SMS_DAILY_SEGMENTS = 0
        held = to_send(kind="acknowledgment")
        show(ticket=make_ticket(), outgoing=held, at=timezone.now())
        assert send(held) == State.QUEUED
        assert ToDo.objects.to_do().get().kind == ToDo.Kind.CALL
        morning = timezone.localtime(fresh(held).try_after)
        assert (morning.hour, morning.minute) == (8, 30)
        assert morning.date() == timezone.localdate() + timedelta(days=1)
        settings.SMS_DAILY_SEGMENTS = 10
        delivery.sweep(at=morning + timedelta(minutes=1))
        assert fresh(held).state == State.SENT
        assert not ToDo.objects.to_do().exists()

    def test_an_agent_s_own_words_always_leave(self, telephone, to_send):
        assert {send(to_send(key=str(n), kind="answer")) for n in range(5)} == {State.SENT}

    def test_S06_the_day_s_budget_cuts_sending_and_tells_staff(self, telephone, to_send, settings, caplog):
        settings.SMS_DAILY_SEGMENTS = 3
        first = to_send(recipient="+33639980001", text="a" * 170)
        second = to_send(recipient="+33639980002", text="a" * 170)
        assert (send(first), send(second)) == (State.SENT, State.QUEUED)
        assert Spending.objects.get().segments == 2
        assert "budget" in budget.incidents(timezone.now())[0]
        assert "budget" in caplog.text
        assert "budget" in fresh(second).steps.last().text

    def test_S06_what_did_not_leave_costs_nothing(self, telephone, to_send):
        telephone.troubles.set("503", 1)
        send(to_send())
        assert Spending.objects.get().segments == 0

    def test_S06_intake_goes_on(self, settings, call):
        settings.SMS_DAILY_SEGMENTS = 0
        assert call("inbound", MessageSid="SM1", From=AMINA, To=OURS, Body="Bonjour").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_I4_four_workers_on_one_row_send_one_sms(telephone, to_send):
    from django.db import connection

    outgoing = to_send()

    def work():
        send(outgoing)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(sent(telephone)) == 1
