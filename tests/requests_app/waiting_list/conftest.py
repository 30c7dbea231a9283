from datetime import timedelta

import pytest

from requests_app.outbox.models import Outgoing
from requests_app.waiting_list import services
from requests_app.waiting_list.models import Offer, Place
from tests.requests_app.appointments.conftest import (  # noqa: F401
    NOW,
    follow_up,
    give,
    that_winter,
    wish,
)

MINUTE = timedelta(minutes=1)


def number_of(index):
    return f"+3363998{index:04}"


@pytest.fixture
def wait(make_person, make_ticket, follow_up, lyon_8, chloe):  # noqa: F811
    """Put a new person on the list, a minute after the one before."""
    made: list[Place] = []

    def join(*, ticket=None, at=None, **fields):
        index = len(made)
        if ticket is None:
            person = make_person(given_name=f"P{index}", family_name="Attend", phone=number_of(index))
            ticket = make_ticket(person=person, topic="rsa-demande", received_at=NOW - timedelta(days=1))
        given = {"type": follow_up, "maison": lyon_8, "by": chloe, "at": at or NOW + index * MINUTE, **fields}
        made.append(services.join(ticket=ticket, **given))
        return made[-1]

    return join


def send(at):
    """Hand over what waits, as delivery does."""
    rows = Outgoing.objects.filter(kind="offer", state="queued")
    rows.update(state="sent", sent_at=at)


def sweep(at):
    services.sweep(at=at)
    send(at)


def asked(**filters):
    return list(Offer.objects.filter(**filters).order_by("pk"))
