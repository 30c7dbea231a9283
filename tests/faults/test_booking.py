"""Fifty people confirm one slot at once, and two when a hold has just expired: one appointment each time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from django.db import connection

from channels_app.portal.tests.test_booking import (  # noqa: F401
    NINE,
    NOW,
    Phone,
    clock,
    kind,
    open_agenda,
    opened,
    words,
)
from requests_app.appointments.models import Appointment, Hold
from requests_app.tickets.models import Event

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 10


def confirm_all(phones):
    """Confirm nine o'clock from all of them, the first ones at the same moment; return the answers."""
    ready = Barrier(min(AT_ONCE, len(phones)))
    firsts = set(map(id, phones[:AT_ONCE]))

    def confirm(phone):
        if id(phone) in firsts:
            ready.wait(60)
        try:
            return phone.confirm()
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(confirm, phones))


def test_of_fifty_who_confirm_one_slot_one_has_it(opened, make_ticket, make_person):  # noqa: F811
    phones = [Phone(make_ticket(person=make_person(given_name=f"P{n}")), f"accuse:{n}") for n in range(50)]
    answers = confirm_all(phones)
    refused = [words(answer) for answer in answers if answer.status_code == 422]
    assert len(refused) == 49
    assert all("Cette heure vient d’être prise. Voici les suivantes." in said for said in refused)
    assert all("10 h" in said for said in refused)
    assert (Appointment.objects.count(), Hold.objects.count()) == (1, 0)
    assert Event.objects.filter(kind=Event.Kind.APPOINTMENT).count() == 1


@pytest.mark.parametrize("turn", range(5))
def test_a_hold_that_expired_while_it_is_confirmed_gives_one(opened, make_ticket, turn):  # noqa: F811
    late, quick = Phone(make_ticket(), "accuse:1"), Phone(make_ticket(), "accuse:2")
    late.post()
    with time_machine.travel(NOW + timedelta(minutes=10), tick=False):
        answers = confirm_all([late, quick])
    assert sorted(answer.status_code for answer in answers) == [302, 422]
    given = Appointment.objects.get()
    assert (given.starts_at, Hold.objects.count()) == (NINE, 0)
