"""What becomes of an SMS, down to the telephone (threats: S03, O06)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from channels_app.delivery.models import Receipt
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import ToDo, Touchpoint
from tests.channels_app.sms.conftest import AMINA, OURS, fresh, send, sent, sweep

State = Outgoing.State
pytestmark = pytest.mark.django_db


@pytest.fixture
def left(telephone, to_send):
    """An SMS that the provider has, and says nothing of."""
    telephone.troubles.set("silent", 100)
    outgoing = to_send()
    send(outgoing)
    return fresh(outgoing)


@pytest.fixture
def told(call):
    def tell(outgoing, word, *, code="", sid=None, mark=True):
        query = f"?envoi={outgoing.pk}" if mark else ""
        fields = {"MessageSid": sid or outgoing.provider_id, "MessageStatus": word, "To": AMINA, "From": OURS}
        answer = call("status", query=query, **fields, **({"ErrorCode": code} if code else {}))
        assert answer.status_code == 200
        return fresh(outgoing).state

    return tell


def test_S03_only_a_receipt_makes_it_delivered(left, told):
    assert left.state == State.SENT
    assert told(left, "delivered") == State.DELIVERED
    assert left.steps.last().text == "Remis à son destinataire."


def test_S03_twice_and_out_of_order_change_nothing_more(left, told):
    for word in ("delivered", "delivered", "sent", "queued", "delivered"):
        told(left, word)
    assert fresh(left).state == State.DELIVERED
    assert left.steps.filter(text="Remis à son destinataire.").count() == 1


def test_S03_a_final_failure_is_never_overwritten_by_another_segment(left, told):
    assert told(left, "undelivered", code="30008") == State.FAILED
    assert told(left, "delivered") == State.FAILED
    assert "ne dit pas pourquoi" in fresh(left).reason


def test_S03_a_late_failure_does_not_undo_what_was_delivered(left, told):
    told(left, "delivered")
    assert told(left, "failed", code="30003") == State.DELIVERED


def test_S03_about_an_unknown_id_it_waits_and_is_reconciled(left, told):
    sid = left.provider_id
    Outgoing.objects.update(provider_id="", state=State.SENDING, ended_at=None)
    told(left, "delivered", sid=sid, mark=False)
    assert Receipt.objects.get().settled_at is None
    Outgoing.objects.update(provider_id=sid, state=State.SENT)
    sweep(seconds=10)
    assert fresh(left).state == State.DELIVERED


def test_S03_our_own_number_finds_a_message_whose_id_we_never_heard(left, told):
    Outgoing.objects.update(provider_id="", state=State.UNCERTAIN, ended_at=None)
    assert told(left, "sent", sid="SMnew") == State.SENT
    assert fresh(left).provider_id == "SMnew"


@pytest.mark.parametrize("word", ["", "queued", "sending", "unheard_of"])
def test_S03_what_says_nothing_new_is_not_even_kept(left, told, word):
    assert told(left, word) == State.SENT
    assert not Receipt.objects.exists()


def test_S03_a_stranger_s_receipt_stays_alone(call, db):
    assert call("status", MessageSid="SMx", MessageStatus="delivered").status_code == 200
    sweep(seconds=10)
    assert Receipt.objects.get().settled_at is None


@pytest.mark.parametrize("signature", ["", "fake"])
def test_S01_a_receipt_that_is_not_signed_is_refused(call, signature):
    assert call("status", signature=signature, MessageSid="SM1", MessageStatus="failed").status_code == 403
    assert not Receipt.objects.exists()


class TestAnotherWay:
    @pytest.fixture
    def about(self, left, make_ticket, make_touchpoint, amina):
        """The same SMS, in the thread of a ticket."""
        ticket = make_ticket(person=amina)
        Touchpoint.objects.filter(outgoing=left).delete()
        make_touchpoint(ticket, channel="sms", direction="out", sender=AMINA, outgoing=left)
        Outgoing.objects.filter(pk=left.pk).update(contact_point=amina.contact_points.get(kind="phone"))
        return fresh(left)

    def test_O06_a_landline_is_asked_of_an_agent_at_once(self, about, told, amina):
        told(about, "undelivered", code="30006")
        task = ToDo.objects.get()
        assert task.kind == ToDo.Kind.CHECK_CONTACT
        assert "06 39 98 12 34 ne reçoit pas nos SMS" in task.text
        assert "e-mail" in task.text
        assert amina.contact_points.get(kind="phone").needs_check

    def test_O06_a_telephone_switched_off_is_only_asked_the_second_time(self, about, told, to_send):
        told(about, "undelivered", code="30003")
        assert not ToDo.objects.exists()
        second = to_send(key="2")
        Touchpoint.objects.create(
            ticket=about.touchpoint.ticket,
            channel="sms",
            direction="out",
            occurred_at=timezone.now(),
            recorded_at=timezone.now(),
            outgoing=second,
        )
        send(second)
        told(fresh(second), "undelivered", code="30003")
        assert ToDo.objects.get().kind == ToDo.Kind.CHECK_CONTACT


def test_S02_what_stays_sent_is_asked_about(left, telephone):
    from channels_app.sms import polling

    telephone.exchange.mark(left.provider_id, "delivered")
    assert polling.poll(at=timezone.now() + timedelta(minutes=5)) == 0
    assert fresh(left).state == State.SENT
    polling.poll(at=timezone.now() + timedelta(minutes=12))
    assert fresh(left).state == State.DELIVERED
    assert len(sent(telephone)) == 1
