"""The whole way, by a real sending server: each message once, none late nor at night (threats: O04, F06)."""

from datetime import datetime, timedelta

import pytest
from django.db.models import F

from channels_app.delivery import services as delivery
from channels_app.delivery.models import Circuit
from requests_app.appointments import services as appointments
from requests_app.appointments.models import Appointment
from requests_app.maisons.opening import PARIS
from requests_app.outbox.models import Outgoing
from requests_app.outbox.windows import is_open
from requests_app.people.models import ContactPoint
from requests_app.reminders import services as reminders
from requests_app.tickets.models import Ticket, ToDo
from tests.offices import office  # noqa: F401
from tests.requests_app.appointments.conftest import NOW, THURSDAY

State = Outgoing.State
SECONDS_10 = timedelta(seconds=10)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


@pytest.fixture
def paul(make_person):
    return make_person(given_name="Paul", family_name="Martin", email="paul@exemple.fr")


@pytest.fixture
def given(give, make_ticket, paul, office):  # noqa: F811
    return give(ticket=make_ticket(person=paul, topic="rsa-demande"))


def pass_by(moment):
    """One pass of what the scheduler does, at an instant."""
    delivery.sweep(at=moment)
    reminders.sweep(at=moment)


def reasons():
    stopped = Outgoing.objects.filter(state=State.CANCELLED).order_by("pk")
    return list(stopped.values_list("reason", flat=True))


def test_the_confirmation_and_both_reminders_arrive_once(given, office):  # noqa: F811
    for moment in (NOW, NOW + SECONDS_10, at("2026-11-19 10:30"), at("2026-11-24 10:30"), THURSDAY):
        for _turn in range(10):
            pass_by(moment)
    mails = list(office.shelf.newest_first())
    assert len(mails) == len({mail.message_id for mail in mails}) == 3
    assert "http" in str(mails[0])
    assert "{lien}" not in str(mails[0])


def test_O04_cancelled_while_the_way_out_was_shut_it_is_dropped(given, office):  # noqa: F811
    Appointment.objects.update(state=Appointment.State.CANCELLED_BY_PERSON)  # as another process would
    pass_by(at("2026-11-19 10:30"))
    assert office.ids == []
    assert reasons() == ["Le rendez-vous n’est plus prévu."] * 2


def test_O04_moved_between_the_plan_and_the_sending(given, office):  # noqa: F811
    Appointment.objects.update(starts_at=at("2026-12-10 10:30"), ends_at=at("2026-12-10 11:00"), round=2)
    pass_by(at("2026-11-19 10:30"))
    assert office.ids == []
    assert reasons() == ["La date du rendez-vous a changé."] * 2
    assert Outgoing.objects.filter(reminder__round=2, state=State.QUEUED).count() == 2  # and planned again


@pytest.mark.parametrize(
    ("moment", "reason"),
    [
        ("2026-11-26 10:30", "Le rendez-vous est passé."),
        ("2026-11-26 09:00", "Trop tard pour rappeler ce rendez-vous."),
        ("2026-11-25 03:00", "Trop tard : ces messages partent du lundi au samedi"),
        ("2026-11-22 10:00", "Trop tard : ces messages partent du lundi au samedi"),
    ],
)
def test_O04_a_late_one_is_dropped_with_its_reason(given, office, moment, reason):  # noqa: F811
    Outgoing.objects.filter(kind="appointment").update(state=State.SENT)
    delivery.sweep(at=at(moment))
    assert office.ids == []
    assert all(found.startswith(reason) for found in reasons())
    assert reasons()


def test_O04_dropped_as_too_late_an_agent_is_asked_to_call(given, office):  # noqa: F811
    Outgoing.objects.filter(kind="appointment").update(state=State.SENT)
    pass_by(at("2026-11-25 03:00"))
    assert ToDo.objects.get().kind == ToDo.Kind.CALL


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"usable_for": ["answer"]}, "La personne ne veut plus de rappel à ce contact"),
        ({"value": "autre@exemple.fr"}, "Ce contact n’est plus celui de la personne."),
        ({"needs_check": True}, "La personne ne veut plus de rappel à ce contact"),
    ],
)
def test_O04_the_persons_choice_is_read_again(given, office, change, reason):  # noqa: F811
    ContactPoint.objects.filter(kind="email").update(**change)
    delivery.sweep(at=NOW + SECONDS_10)
    assert office.ids == []
    assert reasons()[0].startswith(reason)


def test_A03_a_demand_that_became_sensitive_is_not_told_as_before(given, office):  # noqa: F811
    Ticket.objects.filter(pk=given.ticket_id).update(is_sensitive=True)
    delivery.sweep(at=NOW + SECONDS_10)
    assert office.ids == []
    assert reasons()[0].startswith("La demande est devenue réservée")


def test_F06_the_way_out_is_shut_two_hours_then_each_arrives_once_in_its_hours(
    give,
    make_ticket,
    make_person,
    chloe,
    bruno,
    office,  # noqa: F811
):
    """Twelve reminders wanted at 10:30; four of their appointments are cancelled meanwhile."""
    for rank in range(12):
        person = make_person(given_name=f"P{rank}", email=f"p{rank}@exemple.fr")
        starts_at = THURSDAY + timedelta(minutes=30 * (rank % 3))
        give(
            starts_at, ticket=make_ticket(person=person), agent=chloe, outside_reason="x"
        ) if rank < 3 else give(
            starts_at + timedelta(hours=24 * (rank // 3)),
            ticket=make_ticket(person=person),
            outside_reason="x",
        )
    Outgoing.objects.filter(kind="appointment").update(state=State.SENT)
    office.close()
    start = at("2026-11-19 10:30")
    for minute in range(0, 120, 5):
        pass_by(start + timedelta(minutes=minute))
    for appointment in Appointment.objects.filter(starts_at__lt=THURSDAY + timedelta(hours=2))[:2]:
        appointments.cancel_by_person(appointment=appointment, by=None, at=start + timedelta(hours=1))
    office.open()
    moment = start + timedelta(hours=2)
    while moment < at("2026-12-01 20:00"):
        Circuit.objects.update(open_until=None)
        pass_by(moment)
        moment += timedelta(hours=2)
    sent = Outgoing.objects.filter(kind="reminder", state=State.SENT)
    ended = Outgoing.objects.filter(reminder__purpose="cancelled_as_asked", state=State.SENT)
    assert ended.count() == 2  # their calendars had it
    assert len(office.ids) == len(set(office.ids)) == sent.count() + 2 > 17
    assert all(is_open(row.sent_at) for row in sent)
    assert not sent.filter(sent_at__gte=F("reminder__appointment__starts_at")).exists()
    assert not Outgoing.objects.filter(kind="reminder", state=State.QUEUED).exists()


@pytest.mark.parametrize("hours", [-1, 1])
def test_F09_a_clock_that_jumps_says_nothing_twice(given, office, hours):  # noqa: F811
    start = at("2026-11-19 10:30")
    for moment in (start, start + timedelta(hours=hours), start, start + timedelta(minutes=1)):
        pass_by(moment)
    reminded = Outgoing.objects.filter(kind="reminder", state=State.SENT)
    assert reminded.count() == 1
    assert len(office.ids) == len(set(office.ids)) == 2  # with the confirmation
