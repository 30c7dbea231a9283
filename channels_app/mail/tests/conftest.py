"""One door for all the tests that speak to it: opening it takes longer than a mail."""

import pytest

from channels_app.mail.tests.doors import RunningDoor


@pytest.fixture
def door(transactional_db):
    running = RunningDoor()
    yield running
    running.close()
