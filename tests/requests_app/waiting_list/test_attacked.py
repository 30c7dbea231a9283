"""What people, agents and clocks do between an offer and its answer."""

from datetime import UTC, datetime, timedelta

import pytest

from requests_app.appointments import services as appointments
from requests_app.appointments.models import Appointment
from requests_app.lib.local_time import PARIS
from requests_app.outbox import windows
from requests_app.people.models import AccessNeed
from requests_app.tickets.models import Ticket
from requests_app.waiting_list import services
from requests_app.waiting_list.models import FreedSlot
from tests.requests_app.appointments.conftest import NOW, THURSDAY
from tests.requests_app.waiting_list.conftest import MINUTE, asked, number_of, sweep
from tests.requests_app.waiting_list.test_offers import LATER, freed, say, texts_to  # noqa: F401

DAY = timedelta(days=1)
YES = ("OUI!", "Oui !", "oui merci", "OUI.", "  oui  ", "d’accord", "Oui, je prends")


@pytest.fixture
def offered(wait, freed):  # noqa: F811
    """Somebody who has just read an offer."""
    place = wait()
    freed()
    sweep(LATER)
    return place


@pytest.mark.parametrize("words", YES)
def test_a_yes_in_other_words_takes_it(offered, words):
    say(words, 0, LATER + MINUTE)
    assert Appointment.objects.expected().get().ticket == offered.ticket


@pytest.mark.parametrize("words", ["Oui 2", "oui mais quand ?", "ouille", "STOP OUI", "non oui"])
def test_words_that_may_mean_something_else_are_for_an_agent(offered, words):
    assert say(words, 0, LATER + MINUTE) is None
    assert not Appointment.objects.expected().exists()


def test_an_hour_that_an_agent_gives_meanwhile_is_told_as_taken(offered, give):
    given = give(at=LATER)
    say("OUI", 0, LATER + MINUTE)
    assert Appointment.objects.expected().get() == given
    assert "déjà pris" in texts_to(number_of(0), "notice")[0]


def test_after_the_end_of_the_request_a_yes_is_for_an_agent(offered):
    Ticket.objects.filter(pk=offered.ticket_id).update(state="closed", outcome="done", closed_at=LATER)
    assert say("OUI", 0, LATER + MINUTE) is None
    sweep(LATER + 2 * MINUTE)
    assert say("OUI", 0, LATER + 3 * MINUTE) is None
    assert not Appointment.objects.expected().exists()


def test_an_hour_that_somebody_holds_is_offered_when_the_hold_ends(wait, freed, wish, give, make_ticket):  # noqa: F811
    wait()
    slot = freed()
    appointments.hold(wish=wish(), ticket=make_ticket(), by=None, at=LATER)
    sweep(LATER + MINUTE)
    slot.refresh_from_db()
    assert (slot.state, asked()) == ("open", [])
    sweep(LATER + 11 * MINUTE)
    assert len(asked()) == 1
    say("OUI", 0, LATER + 12 * MINUTE)
    assert Appointment.objects.expected().count() == 1


def test_a_longer_appointment_is_offered_only_where_it_fits(wait, freed, give):  # noqa: F811
    longer, other = wait(), wait()
    AccessNeed.objects.create(person=longer.ticket.person, kind="interpreter", said_at=NOW)
    give(THURSDAY + timedelta(minutes=30), at=NOW)
    freed()
    sweep(LATER)
    assert [offer.place for offer in asked()] == [other]


def test_whoever_was_received_waits_no_more_and_the_absent_do(wait, give, freed):  # noqa: F811
    seen, absent, early = wait(), wait(), wait(latest=NOW.date())
    for hours, place, fields in (
        (0, seen, {"state": "came", "came_at": THURSDAY}),
        (1, absent, {"state": "absent"}),
    ):
        given = give(THURSDAY + timedelta(hours=hours), ticket=place.ticket)
        Appointment.objects.filter(pk=given.pk).update(**fields)
    services.sweep(at=THURSDAY + DAY)
    for place, why in ((seen, "seen"), (absent, ""), (early, "past")):
        place.refresh_from_db()
        assert place.ended_why == why


@pytest.mark.parametrize(
    "evening",
    [
        datetime(2026, 12, 24, 19, 15, tzinfo=PARIS),  # the eve of a holiday
        datetime(2027, 3, 27, 19, 0, tzinfo=PARIS),  # the night that has an hour less
        datetime(2026, 10, 24, 19, 0, tzinfo=PARIS),  # the night that has one more
    ],
)
def test_two_hours_to_answer_are_hours_at_which_messages_leave(evening):
    start = evening.astimezone(UTC)
    end = windows.add_open_time(start, timedelta(hours=2))
    instants = [start + step * MINUTE for step in range(int((end - start).total_seconds() // 60))]
    assert sum(windows.is_open(each) and windows.is_open(each + MINUTE) for each in instants) == 120


def test_freed_twice_is_offered_once(wait, freed):  # noqa: F811
    wait()
    freed()
    freed(at=LATER - MINUTE / 2)
    assert FreedSlot.objects.count() == 1
