"""Sixty cancellations, ten a day: 0 double, nobody above three offers a week, the days gained are counted."""

from datetime import time, timedelta

from requests_app.outbox.models import Outgoing
from requests_app.slots.models import Opening
from requests_app.waiting_list.models import FreedSlot, Offer, Place
from requests_app.waiting_list.selectors import count_refilled
from tests import factories
from tests.requests_app.appointments.conftest import NOW
from tests.requests_app.waiting_list.conftest import number_of
from tests.requests_app.waiting_list.simulation import (
    Simulation,
    count_above_cap,
    count_doubles,
    days_gained,
)

DAY = timedelta(days=1)


def crowd(count, *, kind, maison, agent):
    """Persons who wait: every second one has a far date, every fourth shares a telephone."""
    places = []
    for rank in range(count):
        number = number_of(rank - 1 if rank % 4 == 1 else rank)
        person = factories.person(given_name=f"P{rank}", family_name="Attend", phone=number, at=NOW)
        ticket = factories.ticket(person=person, topic="rsa-demande", maison=maison, received_at=NOW - DAY)
        if rank % 2:
            starts_at = NOW + (400 + rank) * DAY
            factories.appointment(ticket=ticket, agent=agent, type=kind, starts_at=starts_at)
        places.append(Place(ticket=ticket, type=kind, maison=maison, since=NOW))
    Place.objects.bulk_create(places)


def simulate(cancellations, persons, *, kind, maison, agent, minutes=(1,), seed=1):
    crowd(persons, kind=kind, maison=maison, agent=agent)
    hours = {"starts_on": NOW.date(), "starts_at": time(8), "ends_on": NOW.date(), "ends_at": time(18)}
    Opening.objects.create(agent=agent, maison=maison, rrule="FREQ=DAILY", **hours)
    run = Simulation(
        stranger=factories.ticket(person=None),
        kind=kind,
        maison=maison,
        agent=agent,
        start=NOW + DAY,
        minutes=minutes,
        seed=seed,
    )
    run.run(cancellations)
    return run.at


def check(cancellations, until):
    offers = Outgoing.objects.filter(kind="offer")
    found = count_refilled(maison_ids=None, start=NOW, end=until)
    stored, told = days_gained()
    assert count_doubles() == 0
    assert count_above_cap() == 0
    assert offers.count() == Offer.objects.count() == offers.values("key").distinct().count()
    moved = FreedSlot.objects.exclude(days_gained=None).count()  # the date that they left is free too
    assert (found.freed, found.days_gained) == (cancellations + moved, told)
    assert stored == told > 0
    assert found.refilled == Offer.objects.filter(outcome="accepted").count() > 0
    assert FreedSlot.objects.filter(state="refilled").count() == found.refilled
    return found


def test_sixty_cancellations(follow_up, lyon_8, chloe):
    until = simulate(60, 40, kind=follow_up, maison=lyon_8, agent=chloe)
    assert check(60, until).waiting > 0
