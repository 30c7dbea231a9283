import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from channels_app.delivery import services
from channels_app.delivery.services import circuits, sending
from channels_app.delivery.services.circuits import health
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import cancel
from requests_app.people.models import ContactPoint

pytestmark = pytest.mark.django_db
State = Outgoing.State


def send(outgoing, at=None):
    return services.send(outgoing_id=outgoing.pk, at=at or timezone.now())


def state_of(outgoing):
    return Outgoing.objects.get(pk=outgoing.pk).state


class TestOnce:
    def test_a_due_message_leaves_and_its_steps_are_told(self, office, to_send):
        outgoing = to_send()
        assert send(outgoing) == State.SENT
        assert office.ids == [outgoing.message_id]
        assert outgoing.steps.get().text == "Accepté par le serveur d’envoi."

    def test_ten_rings_send_one_mail(self, office, to_send):
        outgoing = to_send()
        for _ in range(10):
            send(outgoing)
        assert len(office.ids) == 1

    def test_what_is_cancelled_never_leaves(self, office, to_send):
        outgoing = to_send()
        cancel(outgoing=outgoing, at=timezone.now())
        assert send(outgoing) == State.CANCELLED
        assert office.ids == []

    def test_the_sweep_sends_what_the_bell_missed(self, office, to_send):
        for rank in range(3):
            to_send(key=str(rank))
        services.sweep(at=timezone.now())
        assert len(office.ids) == 3


class TestRefusals:
    def test_O03_a_temporary_refusal_waits_and_leaves_later(self, office, to_send):
        outgoing = to_send()
        office.trouble.set("450", 1)
        assert send(outgoing) == State.QUEUED
        outgoing.refresh_from_db()
        assert outgoing.try_after > timezone.now() + timedelta(seconds=20)
        assert send(outgoing, at=outgoing.try_after) == State.SENT

    def test_O06_a_permanent_refusal_ends_with_its_reason(self, office, to_send):
        outgoing = to_send()
        office.trouble.set("550", 1)
        assert send(outgoing) == State.FAILED
        outgoing.refresh_from_db()
        assert "550" in outgoing.reason

    def test_O03_after_a_day_it_is_given_up(self, office, to_send):
        outgoing, late = to_send(), timezone.now() + timedelta(hours=24)
        office.trouble.set("450", 1)
        assert send(outgoing, at=late) == State.FAILED

    def test_O03_a_server_that_is_away_opens_the_circuit_and_nothing_is_lost(self, office, to_send):
        office.close()
        rows = [to_send(key=str(rank)) for rank in range(8)]
        now = timezone.now()
        for row in rows:
            send(row, at=now)
        assert circuits.pause_of("mail", now)
        assert [h.waiting for h in health(now)] == [8]
        assert max(Outgoing.objects.values_list("attempts", flat=True)) == 1
        office.open()
        for hour in range(1, 4):
            services.sweep(at=now + timedelta(hours=hour))
        assert sorted(office.ids) == sorted(row.message_id for row in rows)
        assert health(now) == []

    def test_F08_a_message_that_breaks_our_code_does_not_hold_up_the_others(self, office, to_send):
        poison, good = to_send(key="poison"), to_send(key="good")
        Outgoing.objects.filter(pk=poison.pk).update(payload={})
        now = timezone.now()
        for day in range(4):
            services.sweep(at=now + timedelta(hours=day * 3))
        assert state_of(poison) == State.FAILED
        assert state_of(good) == State.SENT


class TestUncertain:
    def test_O01_a_line_cut_after_the_text_asks_before_it_sends_again(self, office, to_send):
        outgoing = to_send()
        office.trouble.set("close_after_data", 1)
        assert send(outgoing) == State.UNCERTAIN
        services.sweep(at=timezone.now())
        assert state_of(outgoing) == State.SENT
        assert office.ids == [outgoing.message_id]

    def test_O01_what_never_arrived_leaves_again_under_the_same_id(self, office, to_send):
        outgoing = to_send()
        Outgoing.objects.update(state=State.SENDING, attempts=1, claimed_until=timezone.now())
        services.sweep(at=timezone.now() + timedelta(seconds=1))
        assert state_of(outgoing) == State.SENT
        assert office.ids == [outgoing.message_id]

    def test_O02_what_fails_after_the_hand_over_sends_nothing_again(self, office, to_send, monkeypatch):
        outgoing = to_send()
        monkeypatch.setattr(sending, "step", lambda *a, **k: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            send(outgoing)
        monkeypatch.undo()
        office.trouble.set("off", 0)
        services.sweep(at=timezone.now() + timedelta(hours=1))
        assert len(office.ids) == 1


class TestBounces:
    def test_O06_a_bounce_marks_the_message_and_the_address(self, office, to_send, amina):
        point = amina.contact_points.get(kind="email")
        outgoing = to_send()
        Outgoing.objects.update(contact_point=point, state=State.SENT)
        found = services.bounced(
            message_id=f"<{outgoing.message_id}>", reason="boîte pleine", is_permanent=True, at=timezone.now()
        )
        assert found == outgoing
        assert state_of(outgoing) == State.FAILED
        assert ContactPoint.objects.get(pk=point.pk).needs_check

    def test_a_stranger_s_bounce_is_none_of_ours(self, db):
        assert services.bounced(message_id="x@y", reason="r", is_permanent=True, at=timezone.now()) is None


@pytest.mark.django_db(transaction=True)
def test_I4_two_workers_on_one_row_send_one_mail(office, to_send):
    outgoing = to_send()

    def work():
        send(outgoing)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert office.ids == [outgoing.message_id]
