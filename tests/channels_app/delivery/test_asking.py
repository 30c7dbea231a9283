"""What no retry will fix is asked of an agent, on the ticket of the message (threats: O06)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from channels_app import contract
from channels_app.delivery import services
from channels_app.delivery.services import sending
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import ToDo, Touchpoint

pytestmark = pytest.mark.django_db
NOW = timezone.now()
ADDRESS = "amina.benali@exemple.fr"


class Channel:
    """A way out that answers what the test says."""

    def __init__(self):
        self.error = None

    def send(self, outgoing, *, at):
        if self.error:
            raise self.error
        return "1"

    def was_accepted(self, outgoing):
        return None


@pytest.fixture
def way_out(monkeypatch):
    channel = Channel()
    for module in (sending, services.sweeping):
        monkeypatch.setattr(module, "outbound_of", lambda kind: channel)
    return channel


@pytest.fixture
def said(to_send, make_ticket, amina):
    """A message of ours on a ticket of Amina's."""
    ticket = make_ticket(person=amina)
    point = amina.contact_points.get(kind="email")
    outgoing = to_send(recipient=ADDRESS, contact_point=point)
    Touchpoint.objects.create(
        ticket=ticket,
        channel="mail",
        direction=Touchpoint.Direction.OUT,
        occurred_at=NOW,
        recorded_at=NOW,
        sender=ADDRESS,
        outgoing=outgoing,
    )
    return outgoing


def send(outgoing):
    return services.send(outgoing_id=outgoing.pk, at=timezone.now())


def test_O06_an_address_that_refuses_asks_to_check_the_contact(said, way_out, amina):
    way_out.error = contract.BadAddress("boîte inconnue.")
    send(said)
    task = ToDo.objects.get()
    assert (task.kind, task.ticket) == (ToDo.Kind.CHECK_CONTACT, said.touchpoint.ticket)
    assert task.text == (
        f"{ADDRESS} n’a pas reçu notre message : boîte inconnue. Vérifiez l’adresse avec la personne."
    )
    assert amina.contact_points.get(kind="email").needs_check


def test_O06_any_address_that_mail_allows_can_be_told(said, way_out):
    strange = "a{0}%s{b}@exemple.fr"
    Outgoing.objects.update(recipient=strange)
    way_out.error = contract.BadAddress("boîte inconnue 100 %")
    send(said)
    assert ToDo.objects.get().text.startswith(f"{strange} n’a pas reçu notre message : boîte inconnue 100 %.")


def test_O06_a_bounce_does_the_same_and_ten_of_them_ask_once(said, way_out):
    send(said)
    for _rank in range(10):
        Outgoing.objects.update(state=Outgoing.State.SENT)
        services.record_bounce(outgoing=said, reason="boîte pleine", is_permanent=True, at=NOW)
    assert ToDo.objects.get().kind == ToDo.Kind.CHECK_CONTACT


def test_O01_what_nobody_can_settle_is_looked_at_by_an_agent(said, way_out):
    way_out.error = contract.Uncertain("la ligne a coupé")
    send(said)
    for hours in range(1, 9):
        services.sweep(at=NOW + timedelta(hours=hours))
    assert Outgoing.objects.get().state == Outgoing.State.UNCERTAIN
    assert ToDo.objects.get().kind == ToDo.Kind.CHECK_SENDING


def test_a_bounce_of_what_was_in_doubt_answers_the_question(said, way_out):
    test_O01_what_nobody_can_settle_is_looked_at_by_an_agent(said, way_out)
    services.record_bounce(outgoing=said, reason="boîte pleine", is_permanent=True, at=NOW)
    assert ToDo.objects.to_do().get().kind == ToDo.Kind.CHECK_CONTACT


def test_O01_a_notice_of_delivery_answers_it_too(said, way_out):
    test_O01_what_nobody_can_settle_is_looked_at_by_an_agent(said, way_out)
    services.record_delivery(outgoing=said, at=NOW)
    assert not ToDo.objects.to_do().exists()


@pytest.mark.parametrize("error", [contract.Undeliverable("message trop gros"), ValueError("à nous")])
def test_what_will_never_leave_is_said_another_way(said, way_out, error):
    way_out.error = error
    send(said)
    for hours in range(1, 4):
        services.sweep(at=NOW + timedelta(hours=hours))
    assert Outgoing.objects.get().state == Outgoing.State.FAILED
    assert "Prévenez la personne autrement" in ToDo.objects.get().text


def test_O03_a_day_of_trying_in_vain_too(said, way_out):
    way_out.error = contract.TemporaryFailure("serveur absent")
    for hours in range(0, 40, 2):
        services.sweep(at=NOW + timedelta(hours=hours))
    assert Outgoing.objects.get().state == Outgoing.State.FAILED
    assert "n’est pas parti : serveur absent" in ToDo.objects.get().text


def test_a_message_without_a_demand_asks_nobody(to_send, way_out):
    way_out.error = contract.BadAddress("boîte inconnue")
    send(to_send())
    assert not ToDo.objects.exists()


def test_what_leaves_asks_nothing(said, way_out):
    send(said)
    assert not ToDo.objects.exists()
