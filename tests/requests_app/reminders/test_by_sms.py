"""The whole way by SMS: the real client, a telephone exchange on this machine, whose list is the truth."""

import subprocess
import sys
from datetime import datetime, timedelta

import pytest
import redis
from celery import current_app
from django.db.models import F

from channels_app.delivery import services as delivery
from channels_app.delivery.models import Circuit
from channels_app.intake import services as intake
from channels_app.intake.models import Arrival
from channels_app.mail.tests.doors import ROOT, our_world
from requests_app.appointments import services as appointments
from requests_app.appointments.models import Appointment
from requests_app.maisons.opening import PARIS
from requests_app.outbox.models import Outgoing
from requests_app.outbox.windows import is_open
from requests_app.people.models import ContactPoint
from requests_app.reminders import services as reminders
from requests_app.tickets.models import ToDo
from tests.channels_app.sms.conftest import (  # noqa: F401
    OURS,
    SID,
    TOKEN,
    form,
    sent,
    telephone,
    twilio_account,
)
from tests.requests_app.appointments.conftest import NOW, THURSDAY

pytestmark = pytest.mark.django_db(transaction=True)
State = Outgoing.State
SEVEN, TWO = (datetime(2026, 11, day, 10, 30, tzinfo=PARIS) for day in (19, 24))
SOON = NOW + timedelta(seconds=10)


@pytest.fixture(autouse=True)
def limits(settings):
    settings.LIMITS_ON = False  # three an hour to one number: here hours pass in a moment


def pass_by(moment):
    delivery.sweep(at=moment)
    reminders.sweep(at=moment)


def texts(telephone):  # noqa: F811
    return [text.body for text in sent(telephone)]


def test_O04_O05_O07_I5_each_leaves_once_whatever_the_scheduler_does(give, telephone, at_once):  # noqa: F811
    """Two schedulers at once, five turns each: the beat ten times; the broker emptied between."""
    give()
    for moment in (SOON, SEVEN, TWO, THURSDAY):
        redis.from_url(broker()).flushall()
        for _turn in range(5):
            at_once(lambda at=moment: pass_by(at), lambda at=moment: pass_by(at))
    said = texts(telephone)
    assert len(said) == 3
    assert all("RDV jeudi 26/11 à 10h30, " in text and "{lien}" not in text for text in said)
    assert len({text.rpartition("/s/")[2][:22] for text in said}) == 3  # each carries its own secret


def broker():
    url = current_app.conf.broker_url
    return url.replace("redis+socket://", "unix://").replace("virtual_host=", "db=")


@pytest.mark.parametrize("point", ["before_claim", "after_claim", "after_speak", "after_note"])
def test_F02_O01_O02_a_worker_killed_there_the_telephone_rings_once(give, telephone, settings, point):  # noqa: F811
    give()
    Outgoing.objects.filter(kind="appointment").update(state=State.SENT, sent_at=NOW)
    due = Outgoing.objects.filter(kind="reminder").earliest("try_after")
    code = (
        "import django; django.setup()\n"
        "from datetime import datetime\n"
        "from channels_app.delivery import services\n"
        f"services.send(outgoing_id={due.pk}, at=datetime.fromisoformat('{SEVEN.isoformat()}'))"
    )
    account = {"GRU_TWILIO_ACCOUNT_SID": SID, "GRU_TWILIO_AUTH_TOKEN": TOKEN, "GRU_TWILIO_FROM": OURS}
    world = our_world(
        **account,
        GRU_TWILIO_API_BASE=telephone.url,
        GRU_PUBLIC_URL=settings.PUBLIC_URL,
        GRU_LIMITS="off",
        FAILPOINT=f"delivery.{point}:kill",
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=world).returncode == -9
    for minutes in (1, 2, 4):
        pass_by(SEVEN + timedelta(minutes=minutes))
    assert len(texts(telephone)) == 1
    due.refresh_from_db()
    assert due.state == State.SENT


def test_F06_down_two_hours_each_once_none_late_none_at_night(give, telephone, make_ticket, make_person):  # noqa: F811
    numbers = [f"+3363998{rank:04}" for rank in range(8)]
    given = [
        give(
            THURSDAY + timedelta(minutes=30 * (rank % 3), days=7 * (rank // 3)),
            ticket=make_ticket(person=make_person(given_name=f"P{rank}", phone=number)),
        )
        for rank, number in enumerate(numbers)
    ]
    Outgoing.objects.filter(kind="appointment").update(state=State.SENT, sent_at=NOW)
    telephone.troubles.set("outage", 10_000)
    for minutes in range(0, 120, 20):
        pass_by(SEVEN + timedelta(minutes=minutes))
    assert texts(telephone) == []
    appointments.cancel_by_person(appointment=given[0], by=None, at=SEVEN + timedelta(hours=1))
    telephone.troubles.set("off", 0)
    for hours in range(2, 24 * 20, 4):
        Circuit.objects.update(open_until=None)
        pass_by(SEVEN + timedelta(hours=hours))
    rows = Outgoing.objects.filter(kind="reminder", state=State.SENT)
    told = texts(telephone)
    assert len(told) == len(set(told)) == rows.count() == 2 * 7
    assert all(is_open(row.sent_at) for row in rows)
    assert not rows.filter(sent_at__gte=F("reminder__appointment__starts_at")).exists()


def test_answered_yes_it_is_confirmed_and_the_agent_reads_it(give, telephone):  # noqa: F811
    given = give()
    pass_by(SOON)
    arrival = heard("Oui !", SOON + timedelta(minutes=5))
    given.refresh_from_db()
    assert given.state == Appointment.State.CONFIRMED
    words = arrival.touchpoint
    assert words.ticket_id == given.ticket_id
    assert "La personne confirme le rendez-vous" in words.remarks[-1]


def test_answered_cancel_nothing_more_leaves(give, telephone):  # noqa: F811
    given = give()
    pass_by(SOON)
    heard("ANNULER", SOON + timedelta(minutes=5))
    for moment in (SEVEN, TWO):
        pass_by(moment)
    given.refresh_from_db()
    assert given.state == Appointment.State.CANCELLED_BY_PERSON
    _given, last = texts(telephone)
    assert "votre RDV du jeudi 26/11 à 10h30 est annulé" in last


def test_S05_stop_before_the_reminder_stops_it_and_mail_takes_over(give, telephone):  # noqa: F811
    given = give()
    pass_by(SOON)
    heard("STOP", SOON + timedelta(minutes=5))
    pass_by(SEVEN)
    assert len([text for text in texts(telephone) if "RDV" in text]) == 1
    mail = Outgoing.objects.get(reminder__appointment=given, channel="mail")
    assert mail.state in (State.QUEUED, State.SENDING)


def test_S05_O06_a_landline_refused_by_the_provider_is_followed_by_an_agent(give, telephone, amina):  # noqa: F811
    ContactPoint.objects.filter(person=amina, kind="email").delete()
    give()
    telephone.troubles.set("21614", 1)
    pass_by(SOON)
    assert ToDo.objects.filter(kind=ToDo.Kind.CALL).count() == 1


def heard(body, moment):
    kept = intake.store_unqueued(
        channel="sms",
        address=OURS,
        raw=form(body, sid=f"SM{body}"),
        source="test",
        at=moment,
        key=f"SM{body}",
    )
    intake.process(arrival_id=kept.arrival_id, at=moment)
    return Arrival.objects.select_related("touchpoint__ticket").get(pk=kept.arrival_id)
