"""One door for all the tests that speak to it: opening it takes longer than a mail."""

import pytest

from channels_app.mail.mailboxes import mailboxes
from channels_app.mail.tests.doors import RunningDoor
from channels_app.mail.tests.receivers import Receiver
from requests_app.lib import seals
from requests_app.outbox.models import Outgoing


@pytest.fixture
def door(transactional_db):
    running = RunningDoor()
    yield running
    running.close()


@pytest.fixture
def receive_message(territory):
    """A mail through the door's storage and a worker: `receive_message(…)` gives its arrival."""
    mailboxes.refresh()
    return Receiver()


@pytest.fixture
def first(receive_message):
    """A ticket and the acknowledgment that left for it."""
    ticket = receive_message("Ma facture").touchpoint.ticket
    return ticket, Outgoing.objects.get(touchpoint__ticket=ticket)


@pytest.fixture
def back_to():
    """The sealed address an answer comes back to."""
    return lambda ticket: seals.reply_address(ticket.reference)
