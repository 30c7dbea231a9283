"""Where a code goes when others may read it, and how many may leave (threats: W09, S04, S06)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from channels_app.delivery import services as delivery
from channels_app.portal import services
from channels_app.portal.models import CodeAsk
from channels_app.sms.models import Spending
from requests_app.outbox.models import Outgoing
from requests_app.people.models import ContactPoint
from requests_app.tickets.models import Ticket
from tests.channels_app.sms.conftest import sent, telephone, twilio_account

__all__ = ["telephone", "twilio_account"]
pytestmark = pytest.mark.django_db
PHONE, EMAIL = "+33639981234", "amina@exemple.fr"
Use = ContactPoint.Use


@pytest.fixture
def amina(make_person):
    return make_person(given_name="Amina", phone=PHONE)


@pytest.fixture
def ticket(make_ticket, make_touchpoint, amina, settings):
    settings.LIMITS_ON = False
    made = make_ticket(person=amina, text=None)
    make_touchpoint(made, channel="sms", sender=PHONE, text="Bonjour")
    return made


@pytest.fixture
def reserved(ticket):
    Ticket.objects.update(is_sensitive=True)
    return ticket


def ask(ticket, times=1, **headers):
    """What the page answers, each from a browser of its own."""
    told = [Client(**headers).post("/suivi/", {"numero": ticket.reference}) for _ in range(times)]
    services.send_codes(at=timezone.now() + timedelta(seconds=10))
    return [answer.status_code for answer in told]


def recipients():
    return list(Outgoing.objects.filter(kind="code").values_list("recipient", flat=True))


class TestShared:
    def test_W09_S04_a_reserved_demand_sends_none_to_a_telephone_that_others_read(
        self, reserved, make_person, share_contact
    ):
        share_contact(make_person(given_name="Zoé"), PHONE)
        assert ask(reserved) == [302]
        assert recipients() == []

    def test_W09_S04_nor_to_one_where_two_people_are_known_though_nobody_said_so(self, reserved, make_person):
        make_person(given_name="Zoé", phone=PHONE)
        ask(reserved)
        assert recipients() == []

    def test_W09_it_goes_to_what_she_alone_reads(self, reserved, amina, make_person, share_contact):
        share_contact(make_person(given_name="Zoé"), PHONE)
        ContactPoint.objects.create(person=amina, kind="email", value=EMAIL, created_at=timezone.now())
        ask(reserved)
        assert recipients() == [EMAIL]

    def test_W09_an_agent_who_noted_it_with_her_opens_the_way(self, reserved, amina):
        amina.contact_points.update(is_shared=True, usable_for=[Use.ANSWER, Use.CODE])
        ask(reserved)
        assert recipients() == [PHONE]

    def test_W09_what_every_contact_is_given_at_first_opens_nothing(self, reserved, amina):
        amina.contact_points.update(is_shared=True, usable_for=[Use.ANSWER, Use.REMINDER])
        ask(reserved)
        assert recipients() == []

    def test_W09_a_plain_demand_prefers_what_she_alone_reads_and_does_not_shut_her_out(self, ticket, amina):
        amina.contact_points.update(is_shared=True)
        ask(ticket)
        assert recipients() == [PHONE]

    def test_W09_the_page_says_and_does_the_same_whether_a_code_leaves_or_not(
        self, reserved, amina, django_assert_num_queries
    ):
        told = []
        for is_shared in (False, True):
            amina.contact_points.update(is_shared=is_shared)
            client = Client()
            with django_assert_num_queries(1):
                answer = client.post("/suivi/", {"numero": reserved.reference})
            told.append((answer.status_code, answer.url, client.get(answer.url).content.decode()))
            services.send_codes(at=timezone.now() + timedelta(seconds=10))
        assert [each[:2] for each in told] == [told[0][:2]] * 2
        assert "Si cette demande existe" in told[0][2]
        assert len(recipients()) == 1


class TestLimits:
    @pytest.fixture(autouse=True)
    def with_limits(self, ticket, settings):
        settings.LIMITS_ON = True

    def test_S06_three_codes_an_hour_to_one_number_and_the_next_never_comes_too_late(
        self, telephone, ticket, make_ticket, amina, make_touchpoint
    ):
        for _ in range(2):  # two tickets of one person: the limit is of the telephone, not of the ticket
            ask(ticket, times=2)
            ticket = make_ticket(person=amina, text=None)
        delivery.sweep(at=timezone.now() + timedelta(seconds=10))
        assert len(sent(telephone)) == 3
        delivery.sweep(at=timezone.now() + timedelta(minutes=16))
        late = Outgoing.objects.get(kind="code", state=Outgoing.State.CANCELLED)
        assert "ne marche plus" in late.reason
        assert len(sent(telephone)) == 3

    def test_S06_twenty_asks_an_hour_from_one_address(self, make_ticket):
        for _ in range(4):
            assert ask(make_ticket(text=None), times=5) == [302] * 5
        assert ask(make_ticket(text=None)) == [429]
        assert ask(make_ticket(text=None), REMOTE_ADDR="192.0.2.7") == [302]
        assert CodeAsk.objects.count() == 21

    def test_S06_a_spent_budget_keeps_codes_back_and_forms_go_on(self, telephone, ticket, settings):
        settings.SMS_DAILY_SEGMENTS = 1
        ask(ticket, times=2)
        delivery.sweep(at=timezone.now() + timedelta(seconds=10))
        assert len(sent(telephone)) == 1
        assert Spending.objects.get().is_cut
        assert ask(ticket) == [302]
