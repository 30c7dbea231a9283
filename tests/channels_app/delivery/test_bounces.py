from datetime import timedelta

import pytest
from django.utils import timezone

from channels_app.delivery import services
from requests_app.outbox.models import Outgoing
from tests.channels_app.delivery.conftest import state_of

pytestmark = pytest.mark.django_db
State = Outgoing.State


@pytest.fixture
def point(amina):
    return amina.contact_points.get(kind="email")


@pytest.fixture
def sent(office, to_send, point):
    outgoing = to_send(contact_point=point)
    services.send(outgoing_id=outgoing.pk, at=timezone.now())
    return outgoing


def bounced(outgoing, is_permanent=True):
    services.record_bounce(
        outgoing=outgoing, reason="boîte pleine", is_permanent=is_permanent, at=timezone.now()
    )


def find(*recipients, **named):
    return services.find_bounced(services.NamedMessage(**named), recipients, at=timezone.now())


def test_O06_a_bounce_marks_the_message_and_the_address(sent, point):
    bounced(sent)
    assert state_of(sent) == State.FAILED
    point.refresh_from_db()
    assert (point.needs_check, point.verified_at) == (True, None)


@pytest.mark.parametrize(
    "written", ["amina@exemple.fr", "Amina@Exemple.FR", "<amina@exemple.fr>", " amina@exemple.fr."]
)
def test_N03_a_notice_counts_for_the_recipient_of_the_message_it_names(sent, written):
    assert find("autre@exemple.fr", written, message_id=sent.message_id) == sent


@pytest.mark.parametrize("others", [["victime@exemple.fr"], ["amina@exemple.fr.pirate.example"], ["amina"]])
def test_N03_a_notice_about_another_recipient_counts_for_nothing(sent, others):
    assert find(*others, message_id=sent.message_id) is None
    assert find(*others, message_id=sent.message_id, is_sealed=True) is None


def test_N03_a_notice_without_a_recipient_counts_at_the_sealed_address_only(sent):
    assert find(message_id=sent.message_id) is None
    assert find(message_id=sent.message_id, is_sealed=True) == sent


def test_N03_a_domain_is_the_same_in_letters_and_as_servers_speak_it(sent):
    Outgoing.objects.update(recipient="amina@écoles.example")
    assert find("amina@xn--coles-9ra.example", message_id=sent.message_id) == sent


def test_N03_who_is_written_to_is_not_enough(sent):
    assert find("amina@exemple.fr") is None


class TestSealedAddressOfATicket:
    @pytest.fixture
    def ticket(self, sent, make_ticket, make_touchpoint):
        ticket = make_ticket()
        make_touchpoint(ticket, direction="out", outgoing=sent)
        return ticket

    def test_N03_names_the_last_message_to_its_only_recipient(self, sent, ticket):
        assert find("amina@exemple.fr", reference=ticket.reference) == sent
        assert find("victime@exemple.fr", reference=ticket.reference) is None
        assert find(reference=ticket.reference) is None

    def test_N03_names_nothing_when_several_hold_it(self, sent, ticket, to_send, make_touchpoint):
        other = to_send(recipient="assistante@exemple.fr", key="other", message_id="other@demande.invalid")
        Outgoing.objects.filter(pk=other.pk).update(state=State.SENT, sent_at=timezone.now())
        make_touchpoint(ticket, direction="out", outgoing=other)
        assert find("amina@exemple.fr", reference=ticket.reference) is None

    def test_O06_names_nothing_when_the_message_is_too_old(self, sent, ticket):
        Outgoing.objects.update(sent_at=timezone.now() - timedelta(days=6))
        assert find("amina@exemple.fr", reference=ticket.reference) is None


def test_a_delay_is_only_told(sent, point):
    bounced(sent, is_permanent=False)
    assert state_of(sent) == State.SENT
    assert sent.steps.order_by("pk").last().text == "Avis de non-remise : boîte pleine"
    point.refresh_from_db()
    assert not point.needs_check


@pytest.mark.parametrize("state", [State.DELIVERED, State.QUEUED])
def test_what_was_delivered_or_has_not_left_does_not_move(sent, state):
    Outgoing.objects.update(state=state)
    bounced(sent)
    assert state_of(sent) == state


@pytest.mark.parametrize("named", [{"message_id": "x@y"}, {"reference": "LYN-222222"}, {}])
def test_a_stranger_s_bounce_is_none_of_ours(sent, named):
    assert find("amina@exemple.fr", **named) is None


def test_a_notice_of_delivery_is_shown_and_never_overwrites_a_failure(sent, point):
    services.record_delivery(outgoing=sent, at=timezone.now())
    assert state_of(sent) == State.DELIVERED
    bounced(sent)
    assert state_of(sent) == State.DELIVERED
    Outgoing.objects.update(state=State.FAILED, reason="non")
    services.record_delivery(outgoing=sent, at=timezone.now())
    assert state_of(sent) == State.FAILED


def test_O01_a_notice_of_delivery_settles_a_doubt(sent):
    Outgoing.objects.update(state=State.UNCERTAIN)
    services.record_delivery(outgoing=sent, at=timezone.now())
    assert state_of(sent) == State.DELIVERED
