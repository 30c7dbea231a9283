"""A way out that does not answer is left alone for a while, and staff are told (threats: O03, F06)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from channels_app.delivery import services
from channels_app.delivery.selectors import incidents, late
from requests_app.accounts.models import Role
from requests_app.lib import french
from requests_app.lib.incidents import forget_incidents, recent_incidents
from requests_app.outbox.models import Outgoing
from tests.channels_app.delivery.conftest import pause_of, send

pytestmark = pytest.mark.django_db
State = Outgoing.State


@pytest.fixture
def away(office, to_send):
    """Eight messages, and nobody at the other end."""
    office.close()
    rows = [to_send(key=str(rank)) for rank in range(8)]
    services.sweep(at=timezone.now())
    return rows


def test_O03_after_five_refusals_in_a_row_nothing_is_tried(away):
    assert pause_of("mail", timezone.now())
    assert list(Outgoing.objects.order_by("pk").values_list("attempts", flat=True)) == [1] * 5 + [0] * 3
    assert send(away[7]) == State.QUEUED


def test_O03_the_pauses_grow_and_one_message_knocks(away):
    now, pauses = timezone.now(), []
    for _ in range(4):
        until = pause_of("mail", now) or now
        pauses.append(until - now)
        now = until + timedelta(seconds=1)
        services.sweep(at=now)
    assert sorted(pauses) == pauses
    assert pauses[3] > timedelta(minutes=1)
    assert sum(Outgoing.objects.values_list("attempts", flat=True)) == 5 + 4


def test_F06_when_it_is_back_everything_leaves_once(office, away):
    office.open()
    for hour in range(1, 4):
        services.sweep(at=timezone.now() + timedelta(hours=hour))
    assert sorted(office.ids) == sorted(row.message_id for row in away)
    assert late(timezone.now()) == []


def test_F06_staff_read_since_when_and_how_many(away):
    now = timezone.now()
    (sentence,) = incidents(now)
    assert sentence == (
        f"Les e-mails partent avec du retard depuis {french.clock(now)}. 8 attendent et partiront seuls."
    )


@pytest.mark.parametrize("page", ["backoffice:triage", "intake:quarantine", "frontdesk:visit"])
def test_F06_every_staff_page_says_so(away, client_of, make_agent, lyon_8, page):
    forget_incidents()
    everyone = make_agent("tous", (Role.CASE_HANDLER, None), (Role.FRONT_DESK, lyon_8))
    assert "8 attendent et partiront seuls" in client_of(everyone).get(reverse(page)).content.decode()


def test_F06_to_say_so_costs_nothing_at_the_next_pages(away, client_of, chloe, django_assert_num_queries):
    forget_incidents()
    recent_incidents(timezone.now())
    with django_assert_num_queries(0):
        assert recent_incidents(timezone.now())


def test_F06_what_nobody_has_tried_for_a_while_is_late_too(office, to_send):
    ago = timezone.now() - timedelta(minutes=6)
    to_send(at=ago)
    to_send(key="planned", delay=timedelta(days=3))
    (sentence,) = incidents(timezone.now())
    assert sentence == (
        f"Les e-mails partent avec du retard depuis {french.clock(ago)}. Un message attend et partira seul."
    )


def test_F06_what_is_planned_for_later_is_not_counted_as_waiting(away, to_send):
    to_send(key="planned", delay=timedelta(days=3))
    assert late(timezone.now())[0].waiting == 8


def test_F06_nothing_late_nothing_said(office, to_send):
    send(to_send())
    assert incidents(timezone.now()) == []


def test_O06_a_permanent_refusal_is_no_fault_of_the_way_out(office, to_send):
    office.trouble.set("550", 9)
    for rank in range(9):
        send(to_send(key=str(rank)))
    assert pause_of("mail", timezone.now()) is None
