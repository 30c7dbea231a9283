"""What breaks around an SMS: the database, poison, the clocks (threats: F05, F06, F08, F09, I4, I8)."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from channels_app.delivery import services as delivery
from channels_app.delivery.models import Receipt
from channels_app.delivery.selectors import late
from channels_app.intake import services as intake
from channels_app.intake.models import Arrival
from channels_app.mail.tests.doors import accept_to_write, refuse_to_write
from channels_app.sms import budget, polling
from channels_app.sms.models import Spending
from gru.demo.telephone.exchange import IN
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import State as TicketState
from requests_app.tickets.models import Ticket, Touchpoint
from tests.channels_app.sms.conftest import AMINA, OURS, form, fresh, send, sent, sweep

pytestmark = pytest.mark.django_db
State = Outgoing.State
DISK_FULL = "53100"
HOUR = timedelta(hours=1)
FIELDS = {"MessageSid": "SM1", "From": AMINA, "To": OURS, "Body": "Bonjour"}


def keep(body="Bonjour", *, sid="SM1", at=None, **more):
    raw, at = form(body, sid=sid, **more), at or timezone.now()
    kept = intake.store_unqueued(channel="sms", address=OURS, raw=raw, source="t", at=at, key=sid)
    return Arrival.objects.get(pk=kept.arrival_id)


class TestDoor:
    @pytest.mark.django_db(transaction=True)
    def test_F05_a_full_database_is_answered_503_and_confirms_nothing(self, call, territory):
        refuse_to_write(DISK_FULL)
        try:
            assert call("inbound", **FIELDS).status_code == 503
        finally:
            accept_to_write()
        assert (Arrival.objects.count(), Outgoing.objects.count()) == (0, 0)
        assert call("inbound", **FIELDS).status_code == 200
        assert Arrival.objects.count() == 1

    def test_S01_I3_a_call_replayed_an_hour_later_changes_nothing(self, call, territory):
        call("inbound", **FIELDS)
        intake.sweep(at=timezone.now() + timedelta(minutes=1))
        with time_machine.travel(timezone.now() + HOUR):
            assert call("inbound", **FIELDS).status_code == 200
        intake.sweep(at=timezone.now() + 2 * HOUR)
        assert Touchpoint.objects.filter(direction="in").count() == 1
        assert Outgoing.objects.count() == 1

    def test_F03_I5_a_broker_that_is_away_keeps_nobody_waiting_and_the_sweep_hears(
        self, call, territory, monkeypatch, django_capture_on_commit_callbacks
    ):
        enqueued = []

        def away(*words, **_more):
            enqueued.append(words)
            raise ConnectionError

        monkeypatch.setattr("requests_app.lib.enqueue.breaker._silent_until", 0.0)
        monkeypatch.setattr("requests_app.lib.enqueue.current_app.send_task", away)
        with django_capture_on_commit_callbacks(execute=True):
            assert call("inbound", **FIELDS).status_code == 200
        assert enqueued == [("intake.process",)]
        intake.sweep(at=timezone.now() + timedelta(minutes=1))
        assert Touchpoint.objects.get(direction="in").text == "Bonjour"


class TestPoller:
    @pytest.mark.parametrize(("age", "taken"), [(71, 1), (73, 0)])
    def test_S02_looks_back_seventy_two_hours(self, telephone, age, taken):
        with time_machine.travel(datetime.now(UTC) - age * HOUR):
            telephone.exchange.add(IN, sender=AMINA, to=OURS, body="x", status="received")
        assert polling.poll(at=timezone.now()) == taken

    def test_S02_rings_every_five_minutes(self):
        from gru.schedule import SCHEDULE

        assert [entry.every for entry in SCHEDULE if entry.task == "sms.poll"] == [300]


class TestOrder:
    @pytest.fixture
    def told(self, make_ticket, make_touchpoint, amina, to_send):
        """Two tickets of one person at a verified number: the one we wrote about is over."""
        amina.contact_points.filter(kind="phone").update(verified_at=timezone.now())
        written_about = make_ticket(person=amina, state=TicketState.CLOSED)
        outgoing = to_send()
        Outgoing.objects.filter(pk=outgoing.pk).update(state=State.SENT)
        make_touchpoint(written_about, channel="sms", direction="out", sender=AMINA, outgoing=outgoing)
        return written_about, make_ticket(person=amina)

    def receive_message(self, body):
        arrival = keep(body)
        intake.process(arrival_id=arrival.pk, at=timezone.now())
        arrival.refresh_from_db()
        return arrival

    def test_S04_a_keyword_comes_before_everything(self, told):
        assert self.receive_message("STOP").touchpoint is None

    def test_S04_the_demand_of_our_last_sms_comes_before_the_only_open_one(self, told):
        written_about, _open = told
        assert self.receive_message("Merci").touchpoint.ticket == written_about

    def test_S04_the_only_open_one_comes_next(self, told):
        _written_about, only = told
        Outgoing.objects.update(state=State.FAILED, reason="x")
        assert self.receive_message("Merci").touchpoint.ticket == only

    def test_S04_then_a_new_one(self, told, amina):
        Outgoing.objects.update(state=State.FAILED, reason="x")
        amina.contact_points.update(verified_at=None)
        assert self.receive_message("Merci").touchpoint.ticket not in told


class TestPoison:
    def test_F08_an_sms_that_breaks_our_code_is_set_aside_after_three_tries_and_holds_up_nobody(
        self, territory, monkeypatch
    ):
        poison, good = keep("poison", sid="SM1"), keep("bon", sid="SM2", **{"From": "+33612345678"})
        monkeypatch.setattr("channels_app.sms.inbound.keyword", _breaks_on("poison"))
        for minutes in (1, 3, 6, 10):
            intake.sweep(at=timezone.now() + timedelta(minutes=minutes))
        poison.refresh_from_db()
        good.refresh_from_db()
        assert (poison.state, poison.attempts) == (Arrival.State.QUARANTINED, 3)
        assert good.state == Arrival.State.HEARD
        assert intake.reconcile(at=timezone.now()).is_right

    def test_F08_a_message_that_breaks_our_code_does_not_hold_up_the_others(self, telephone, to_send):
        poison, good = to_send(key="poison", recipient="+33612345678"), to_send(key="good")
        Outgoing.objects.filter(pk=poison.pk).update(payload={})
        for hours in (0, 3, 6, 9):
            sweep(hours=hours)
        assert (fresh(poison).state, fresh(poison).errors) == (State.FAILED, 3)
        assert [text.to for text in sent(telephone)] == [good.recipient]

    def test_F08_a_receipt_of_nonsense_is_no_error_and_the_next_one_counts(self, telephone, to_send, call):
        telephone.troubles.set("silent", 1)
        outgoing = to_send()
        send(outgoing)
        sid = fresh(outgoing).provider_id
        for status in ({"MessageSid": "x" * 5000, "MessageStatus": "delivered"}, {"MessageStatus": "sent"}):
            assert call("status", **status).status_code == 200
        assert call("status", MessageSid=sid, MessageStatus="delivered").status_code == 200
        assert fresh(outgoing).state == State.DELIVERED


def _breaks_on(word):
    def keyword(text):
        if text == word:
            raise RuntimeError(word)

    return keyword


class TestWayOut:
    def test_I4_what_is_undone_is_never_sent(self, telephone, to_send):
        with transaction.atomic():
            to_send()
            transaction.set_rollback(True)
        sweep(minutes=1)
        assert sent(telephone) == []

    def test_I4_the_same_reason_is_one_row_and_one_sms(self, telephone, to_send):
        assert to_send(key="1").pk == to_send(key="1", text="autrement").pk
        sweep(minutes=1)
        assert [text.body for text in sent(telephone)] == ["Bonjour"]

    def test_I5_a_bell_that_never_rang_is_made_good_by_the_sweep(self, telephone, to_send):
        to_send()
        sweep(seconds=10)
        assert len(sent(telephone)) == 1

    def test_F06_staff_read_that_sms_are_late_until_they_have_left(self, telephone, to_send):
        for n in range(6):
            to_send(key=str(n), recipient=f"+3363998{n:04d}")
        telephone.troubles.set("outage", 10_000)
        for minutes in range(0, 60, 10):
            sweep(minutes=minutes)
        assert [each.channel for each in late(timezone.now() + HOUR)] == ["sms"]
        telephone.troubles.set("off", 0)
        for hours in (3, 4, 5):
            sweep(hours=hours)
        assert late(timezone.now() + 6 * HOUR) == []
        assert len(sent(telephone)) == 6


class TestClocks:
    @pytest.mark.parametrize("hours", [-1, 1])
    def test_F09_I8_an_sms_in_doubt_is_found_though_our_clock_is_an_hour_wrong(
        self, telephone, to_send, hours
    ):
        telephone.troubles.set("close_after", 1)
        right = timezone.now()
        with time_machine.travel(right + hours * HOUR):
            outgoing = to_send()
        telephone_has = sent(telephone)
        assert telephone_has == []
        assert send(outgoing, right + 2 * HOUR) == State.UNCERTAIN
        delivery.sweep(at=right + 4 * HOUR)
        assert fresh(outgoing).state == State.SENT
        assert len(sent(telephone)) == 1

    def test_F09_a_clock_put_back_sends_nothing_twice_and_keeps_nothing_for_ever(self, telephone, to_send):
        first = to_send(key="1")
        send(first)
        with time_machine.travel(timezone.now() - HOUR):
            sweep()
            second = to_send(key="2")
            sweep()
        sweep(minutes=1)
        assert len(sent(telephone)) == 2
        assert {fresh(first).state, fresh(second).state} == {State.SENT}

    @pytest.mark.parametrize(
        "day", ["2028-02-29T12:00+01:00", "2027-03-28T12:00+02:00", "2027-10-31T12:00+01:00"]
    )
    def test_F09_each_day_has_its_own_budget_on_odd_days_too(self, db, settings, day):
        settings.SMS_DAILY_SEGMENTS = 1
        noon = datetime.fromisoformat(day)
        midnight = timezone.localtime(noon).replace(hour=0, minute=0)
        for at in (midnight - timedelta(minutes=1), midnight, midnight + timedelta(hours=26)):
            budget.spend(1, at)
            with pytest.raises(budget.Held):
                budget.spend(1, at)
        assert Spending.objects.count() == 3

    @pytest.mark.parametrize(
        ("said", "is_theirs"),
        [
            ("2026-11-20T08:00:00+00:00", True),
            ("2099-01-01T00:00:00+00:00", False),
            ("2026-11-20T08:00:00", False),
            ("2026-02-30T08:00:00+00:00", False),
            ("hier", False),
            ("", False),
        ],
    )
    def test_I8_an_sms_fetched_late_is_dated_by_the_provider_never_in_our_future(
        self, territory, said, is_theirs
    ):
        at = datetime(2026, 11, 25, 9, tzinfo=UTC)
        arrival = keep(at=at, DateSent=said)
        intake.process(arrival_id=arrival.pk, at=at)
        wanted = datetime.fromisoformat(said) if is_theirs else at
        assert Touchpoint.objects.get(direction="in").occurred_at == wanted

    def test_F09_receipts_are_ranked_by_what_they_say_not_by_when_they_come(self, telephone, to_send, call):
        telephone.troubles.set("silent", 1)
        outgoing = to_send()
        send(outgoing)
        sid = fresh(outgoing).provider_id
        with time_machine.travel(timezone.now() + HOUR):
            call("status", MessageSid=sid, MessageStatus="delivered")
        with time_machine.travel(timezone.now() - HOUR):
            call("status", MessageSid=sid, MessageStatus="sent")
        assert fresh(outgoing).state == State.DELIVERED
        assert Receipt.objects.filter(settled_at=None).count() == 0


def test_I3_parts_of_a_form_in_another_order_are_the_same_sms(call, territory):
    call("inbound", **FIELDS)
    call("inbound", **dict(reversed(FIELDS.items())))
    assert Arrival.objects.count() == 1
    assert bytes(Arrival.objects.get().raw.data) == urlencode(FIELDS).encode()
    assert Ticket.objects.count() == 0  # kept first, understood later
