"""Available: an agent who may answer asked for a page within thirty seconds, and the Maison is open."""

from datetime import UTC, datetime, timedelta

import pytest

from channels_app.chat import live, presence
from requests_app.access.scope import scope_of
from requests_app.lib.french import NBSP
from requests_app.maisons import opening
from requests_app.maisons.models import Maison, TerritoryVersion
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


ORDINARY = "Mo-Fr 08:30-12:00,13:30-17:00"


@pytest.mark.parametrize(
    ("hours", "at", "words"),
    [
        (ORDINARY, "2026-11-30 11:30", "Réponse aujourd’hui avant 15 h."),  # half an hour, then lunch
        (ORDINARY, "2026-11-30 12:15", "Réponse aujourd’hui avant 15 h."),
        (ORDINARY, "2026-11-30 10:29", "Réponse aujourd’hui avant 12 h."),
        (ORDINARY, "2026-12-04 16:30", "Réponse lundi avant 10 h."),  # half an hour is left of the week
        ("Tu-Fr 08:30-17:00", "2026-11-30 10:00", "Réponse mardi avant 10 h."),  # closed on Monday
        ("Tu 13:30-17:00", "2026-11-30 10:00", "Réponse mardi avant 15 h."),
        ("Mo-Fr 08:30-16:45", "2026-11-30 15:05", "Réponse aujourd’hui avant 16 h 45."),  # then it closes
        (ORDINARY, "2026-12-24 16:30", "Réponse lundi avant 10 h."),  # Christmas, then a weekend
        (ORDINARY, "2026-05-13 18:00", "Réponse vendredi avant 10 h."),  # Ascension Day
        ("Sa 09:00-10:00", "2026-11-30 10:00", "Réponse samedi 12 décembre avant 10 h."),
        ("Sa-Su 00:00-24:00", "2026-10-25 01:50", "Réponse aujourd’hui avant 3 h."),
        ("24/7", "2026-11-30 23:10", "Réponse mardi avant 1 h."),
        ("24/7", "2026-11-30 22:10", "Réponse aujourd’hui avant minuit."),
        ("Sa 22:00-24:00", "2026-11-30 10:00", "Réponse samedi avant minuit."),
        ("Su 22:30-24:00", "2026-11-29 23:59", "Réponse dimanche 6 décembre avant minuit."),
        ("", "2026-11-30 10:00", "Nous vous répondons dès que possible."),
        ("off", "2026-11-30 10:00", "Nous vous répondons dès que possible."),
    ],
)
def test_what_is_promised_comes_from_the_hours_of_the_maison(ticket, lyon_8, hours, at, words):
    Maison.objects.exclude(pk=lyon_8.pk).update(opening_hours="24/7")  # others promise nothing for it
    Maison.objects.filter(pk=lyon_8.pk).update(opening_hours=hours)
    at = datetime.fromisoformat(at).replace(tzinfo=opening.PARIS)
    assert presence.standing_of(ticket(), at=at).words.replace(NBSP, " ") == words


@pytest.mark.parametrize("closed", [{"closed_on": "2026-11-01"}, {"public_access": "no"}])
def test_a_maison_that_receives_nobody_promises_no_hour(ticket, lyon_8, closed):
    Maison.objects.filter(pk=lyon_8.pk).update(**closed)
    assert presence.standing_of(ticket(), at=SUNDAY).words == "Nous vous répondons dès que possible."


def test_before_a_maison_is_known_the_page_says_when_half_of_them_answer(ticket):
    places = list(Maison.objects.order_by("pk"))[:3]
    Maison.objects.update(opening_hours="")
    for place, hours in zip(places, ("Su 09:00-12:00", "Tu-Fr 13:30-17:00", "Th 09:00-12:00"), strict=True):
        Maison.objects.filter(pk=place.pk).update(opening_hours=hours)
    TerritoryVersion.objects.all().delete()
    assert presence.standing_of(None, at=SUNDAY).words == "Réponse mardi avant 15 h."


def test_without_any_hours_nothing_is_promised(ticket):
    Maison.objects.update(opening_hours="")
    TerritoryVersion.objects.all().delete()
    assert presence.standing_of(None, at=SUNDAY).words == "Nous vous répondons dès que possible."


def test_a_valkey_that_is_away_is_nobody_there_and_lines_are_stored(ticket, talk, chloe, settings):
    presence.note_agent(scope_of(chloe), at=MONDAY)
    settings.REDIS_URL = "redis://127.0.0.1:9/0"
    assert not presence.is_available(ticket(), at=MONDAY)
    assert talk.write("La ligne part quand même.", "b").status_code == 303
    assert len(talk.lines()) == 2
    live.breaker._silent_until = 0.0
