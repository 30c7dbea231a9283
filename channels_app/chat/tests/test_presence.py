"""Available: an agent who may answer asked for a page within thirty seconds, and the Maison is open."""

from datetime import UTC, datetime, timedelta

import pytest

from channels_app.chat import live, presence
from requests_app.access.scope import scope_of
from requests_app.maisons.models import Maison
from requests_app.tickets.models import Ticket

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)  # ten o’clock in Lyon
SUNDAY = datetime(2026, 11, 29, 9, 0, tzinfo=UTC)


@pytest.fixture
def ticket(talk, lyon_8):
    Maison.objects.filter(pk=lyon_8.pk).update(opening_hours="Mo-Fr 08:30-17:00")
    return lambda: Ticket.objects.select_related("maison").get()


def test_nobody_is_there_without_an_agent(ticket):
    assert not presence.is_available(ticket(), at=MONDAY)


def test_an_agent_is_there_for_thirty_seconds_within_the_hours(ticket, chloe):
    presence.note_agent(scope_of(chloe), at=MONDAY)
    for seconds, is_there in ((0, True), (30, True), (31, False)):
        assert presence.is_available(ticket(), at=MONDAY + timedelta(seconds=seconds)) is is_there


def test_never_outside_the_hours(ticket, chloe):
    presence.note_agent(scope_of(chloe), at=SUNDAY)
    assert not presence.is_available(ticket(), at=SUNDAY)


def test_not_by_an_agent_of_another_maison(ticket, elsa):
    presence.note_agent(scope_of(elsa), at=MONDAY)
    assert not presence.is_available(ticket(), at=MONDAY)


def test_not_by_those_who_may_not_answer(ticket, bruno, david):
    presence.note_agent(scope_of(bruno), at=MONDAY)
    assert not presence.is_available(ticket(), at=MONDAY)
    Ticket.objects.update(is_sensitive=True)
    presence.note_agent(scope_of(david), at=MONDAY)
    assert not presence.is_available(ticket(), at=MONDAY)


def test_a_new_conversation_finds_whoever_is_there_at_an_open_maison(ticket, chloe):
    assert not presence.standing_of(None, at=MONDAY).is_available
    presence.note_agent(scope_of(chloe), at=MONDAY)
    assert presence.standing_of(None, at=MONDAY).is_available


def test_otherwise_the_page_says_when(ticket):
    assert presence.standing_of(ticket(), at=SUNDAY).words == "Réponse lundi avant 10 h."
    assert presence.standing_of(ticket(), at=MONDAY).words == "Réponse aujourd’hui avant 12 h."


def test_a_valkey_that_is_away_is_nobody_there_and_lines_are_stored(ticket, talk, chloe, settings):
    presence.note_agent(scope_of(chloe), at=MONDAY)
    settings.REDIS_URL = "redis://127.0.0.1:9/0"
    assert not presence.is_available(ticket(), at=MONDAY)
    assert talk.write("La ligne part quand même.", "b").status_code == 303
    assert len(talk.lines()) == 2
    live._silent_until = 0.0
