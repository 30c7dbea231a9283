"""The way out is away for two hours, in accelerated time, then back (threats: F06, O03, O04).

The scheduler's passes are made every ten seconds of a clock of our own; the server is real, and its own list
is held against ours.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from channels_app.delivery import services
from channels_app.delivery.selectors import late
from requests_app.outbox import preflight
from requests_app.outbox.models import Outgoing

pytestmark = pytest.mark.django_db
State = Outgoing.State
PASS = timedelta(seconds=10)
DOWN, UP_AGAIN = timedelta(hours=2), timedelta(hours=3)
MAILS, REMINDERS = 240, 60
MORNING = datetime(2026, 11, 25, 10, tzinfo=ZoneInfo("Europe/Paris"))
EVENING = MORNING.replace(hour=18)
CANCELLED = "Le rendez-vous a été annulé."


@pytest.fixture
def outage(office, to_send):
    """Two hours without a server, then three with it: mails and reminders queued all along."""

    def run(start):
        at, sent, seen_late = start, 0, False
        office.close()
        while at < start + DOWN + UP_AGAIN:
            if at == start + DOWN:
                seen_late = bool(late(at))
                office.open()
            if at < start + DOWN and sent < MAILS and (at - start).seconds % 30 == 0:
                written(to_send, sent, at)
                sent += 1
            services.sweep(at=at)
            at += PASS
        return seen_late

    with preflight.CHECKS.isolate(empty=True):
        preflight.register("reminder", lambda row, at: CANCELLED if row.pk % 2 else "")
        yield run


def written(to_send, rank, at):
    to_send(key=f"mail-{rank}", recipient=f"a{rank}@exemple.fr", at=at)
    if rank % (MAILS // REMINDERS) == 0:
        row = to_send(key=f"reminder-{rank}", recipient=f"b{rank}@exemple.fr", at=at)
        Outgoing.objects.filter(pk=row.pk).update(kind="reminder")


def sent_ids(**fields):
    rows = Outgoing.objects.filter(state=State.SENT, **fields)
    return sorted(rows.values_list("message_id", flat=True))


def test_F06_two_hours_down_then_back_nothing_lost_nothing_twice_and_staff_knew(office, outage):
    assert outage(MORNING)
    assert sorted(office.ids) == sent_ids()
    assert len(sent_ids(kind="acknowledgment")) == MAILS
    assert not late(MORNING + DOWN + UP_AGAIN)


def test_F06_O04_what_is_true_no_more_when_it_comes_back_is_dropped_with_its_reason(office, outage):
    outage(MORNING)
    reminders = Outgoing.objects.filter(kind="reminder")
    dropped = reminders.filter(state=State.CANCELLED)
    assert reminders.count() == REMINDERS
    assert {row.pk % 2 for row in dropped} == {1}
    assert set(dropped.values_list("reason", flat=True)) == {CANCELLED}
    assert len(sent_ids(kind="reminder")) == REMINDERS - dropped.count()


def test_F06_O04_back_at_night_the_reminders_stay_and_the_rest_leaves(office, outage):
    outage(EVENING)
    assert len(sent_ids(kind="acknowledgment")) == MAILS
    assert sent_ids(kind="reminder") == []
    assert Outgoing.objects.filter(kind="reminder", state=State.CANCELLED).count() == REMINDERS
    assert sorted(office.ids) == sent_ids()


def test_O03_a_server_that_is_away_is_knocked_at_a_few_times_an_hour(office, outage):
    office.close()
    outage(MORNING)
    knocks = sum(Outgoing.objects.values_list("attempts", flat=True)) - len(office.ids)
    assert knocks < 60
