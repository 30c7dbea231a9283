"""A freed hour is offered to three persons at once, the first « OUI » takes it (design/reception.md, 3)."""

from datetime import timedelta

import pytest

from channels_app.sms.texts import fit, segments_of
from requests_app.appointments import services as appointments
from requests_app.appointments.models import Appointment
from requests_app.first_delay.selectors.sources import WAITING_LISTS
from requests_app.lib import short_words
from requests_app.maisons.models import Maison
from requests_app.outbox import preflight, windows
from requests_app.outbox.models import Outgoing
from requests_app.people.models import AccessNeed, ContactPoint
from requests_app.people.services import choose
from requests_app.tickets.models import Ticket
from requests_app.waiting_list import services
from requests_app.waiting_list.errors import AlreadyWaiting, CannotBeTold, WrongDays
from requests_app.waiting_list.models import FreedSlot, Offer, Place
from requests_app.waiting_list.selectors import count_refilled, listed_since
from requests_app.waiting_list.texts import offer_texts, taken_text
from tests.requests_app.appointments.conftest import NOW, THURSDAY
from tests.requests_app.waiting_list.conftest import MINUTE, asked, number_of, sweep

LATER = NOW + timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def freed(give, chloe):
    """Free the hour of THURSDAY, once those who wait are on the list: the person told an agent."""

    def free(starts_at=THURSDAY, at=LATER - MINUTE):
        given = give(starts_at, at=at - MINUTE)
        appointments.cancel_by_person(appointment=given, by=chloe, at=at)
        return FreedSlot.objects.get(starts_at=starts_at, state="open")

    return free


def say(text, index, at):
    meaning = short_words.understand(number_of(index), text, at)
    if meaning and meaning.act:
        meaning.act(0, at)
    return meaning


def texts_to(number, kind):
    rows = Outgoing.objects.filter(recipient=number, kind=kind).order_by("pk")
    return [row.payload["text"] for row in rows]


def test_the_first_yes_of_three_takes_the_hour_and_moves_their_date(wait, give, freed):
    places = [wait() for _ in range(4)]
    late = give(THURSDAY + 7 * DAY, ticket=places[1].ticket)
    slot = freed()
    sweep(LATER)
    assert [offer.place_id for offer in asked()] == [place.pk for place in places[:3]]
    assert say("Oui merci", 1, LATER + MINUTE).reference == places[1].ticket.reference
    late.refresh_from_db()
    slot.refresh_from_db()
    assert (late.starts_at, slot.state, slot.days_gained) == (THURSDAY, "refilled", 7)
    say("OUI", 0, LATER + 2 * MINUTE)
    assert [offer.outcome for offer in asked()] == ["taken", "accepted", "taken"]
    assert "déjà pris" in texts_to(number_of(0), "notice")[0]
    say("OUI", 0, LATER + 3 * MINUTE)
    assert len(texts_to(number_of(0), "notice")) == 1
    assert Appointment.objects.expected().filter(starts_at=THURSDAY).count() == 1
    places[1].refresh_from_db()
    assert places[1].ended_why == Place.Ending.BOOKED
    found = count_refilled(maison_ids=None, start=NOW, end=NOW + DAY)
    assert (found.freed, found.refilled, found.days_gained, found.waiting) == (2, 1, 7, 3)


def test_who_has_no_date_gets_one_and_the_others_stay_on_the_list(wait, freed):
    places = [wait(), wait()]
    freed()
    sweep(LATER)
    say("D'accord", 0, LATER + MINUTE)
    given = Appointment.objects.expected().get()
    assert (given.ticket_id, given.booked_by, given.starts_at) == (places[0].ticket_id, None, THURSDAY)
    say("oui", 1, LATER + 2 * MINUTE)
    assert "attendez toujours" in texts_to(number_of(1), "notice")[0]
    assert Place.objects.open().get() == places[1]


def test_the_next_three_are_asked_when_nobody_answers_in_two_hours(wait, freed):
    for _ in range(5):
        wait()
    freed()
    sweep(LATER)
    sweep(LATER + timedelta(minutes=119))
    assert len(asked()) == 3
    sweep(LATER + timedelta(hours=2))
    assert [offer.outcome for offer in asked()] == 3 * ["expired"] + 2 * ["pending"]
    say("OUI", 0, LATER + timedelta(hours=2, minutes=1))  # late, and the hour is still free
    assert [offer.outcome for offer in asked()] == ["accepted", "expired", "expired", "taken", "taken"]


def test_a_no_or_a_lost_message_lets_the_next_ones_be_asked(wait, freed):
    for _ in range(4):
        wait()
    freed()
    sweep(LATER)
    say("Non merci", 0, LATER + MINUTE)
    Outgoing.objects.filter(recipient=number_of(1)).update(state="failed", reason="numéro inconnu")
    assert say("peut-être", 2, LATER + MINUTE) is None
    Offer.objects.filter(outgoing__recipient=number_of(2)).update(ends_at=LATER + MINUTE)
    sweep(LATER + 2 * MINUTE)
    outcomes = [offer.outcome for offer in asked()]
    assert outcomes == ["declined", "undelivered", "expired", "pending"]


def test_never_a_fourth_offer_in_seven_days_to_a_person_nor_to_a_number(
    wait, freed, make_person, make_ticket
):
    wait()
    sister = make_person(given_name="Samira", family_name="Attend", phone=number_of(0))
    wait(ticket=make_ticket(person=sister, topic="rsa-demande", received_at=NOW))
    for turn in range(6):
        at = LATER + turn * DAY
        freed(THURSDAY + turn * 7 * DAY, at=at - MINUTE)
        sweep(at)
        Offer.objects.pending().update(outcome="declined")
    assert Outgoing.objects.filter(kind="offer", recipient=number_of(0)).count() == 3
    sweep(LATER + 7 * DAY + MINUTE)
    assert Outgoing.objects.filter(kind="offer", recipient=number_of(0)).count() == 4


def test_two_hours_freed_at_once_ask_one_question(wait, freed):
    wait()
    freed()
    freed(THURSDAY - timedelta(hours=1))
    sweep(LATER)
    assert len(asked()) == 1


def test_offers_leave_within_the_hours_and_wait_for_them(wait, freed):
    wait()
    night = NOW.replace(hour=21)
    freed(at=night)
    sweep(night + MINUTE)
    assert asked() == []
    sweep(NOW.replace(hour=8, minute=31) + DAY)
    assert len(asked()) == 1
    evening = NOW.replace(hour=18, minute=30)
    assert windows.add_open_time(evening, timedelta(hours=2)) == NOW.replace(hour=9, minute=30) + DAY


def test_an_hour_too_near_or_taken_again_is_offered_to_nobody(wait, give, freed):
    wait()
    near = freed(NOW + timedelta(hours=2), at=NOW - MINUTE)
    taken = freed()
    give(ticket=None, at=LATER)
    sweep(LATER + MINUTE)
    near.refresh_from_db()
    taken.refresh_from_db()
    assert (near.state, taken.state, asked()) == ("over", "taken", [])


def test_what_the_service_calls_off_is_offered_only_when_an_agenda_opens_it(wait, give, chloe):
    wait()
    appointments.call_off(appointment=give(), reason="Agent absent", by=chloe, at=LATER)
    sweep(LATER + MINUTE)
    assert (asked(), FreedSlot.objects.get().state) == ([], "taken")


def test_a_moved_appointment_frees_its_old_hour_but_not_for_its_own_person(wait, give, wish, chloe):
    mover = wait()
    other = wait()
    given = give(ticket=mover.ticket)
    appointments.move(appointment=given, wish=wish(THURSDAY + DAY), by=chloe, at=LATER)
    sweep(LATER + MINUTE)
    assert [offer.place for offer in asked()] == [other]


def test_only_an_earlier_date_on_days_they_can_come_is_offered(wait, give, freed):
    soon = wait()
    give(THURSDAY - DAY, ticket=soon.ticket)
    wait(earliest=THURSDAY.date() + DAY)
    wait(latest=THURSDAY.date() - DAY)
    fits = wait(earliest=THURSDAY.date(), latest=THURSDAY.date())
    freed()
    sweep(LATER)
    assert [offer.place for offer in asked()] == [fits]


def test_of_the_same_day_those_whose_needs_are_met_come_first(wait, freed):
    places = [wait() for _ in range(4)]
    AccessNeed.objects.create(person=places[3].ticket.person, kind="step_free", said_at=NOW)
    freed()
    sweep(LATER)
    assert [offer.place for offer in asked()] == [places[3], *places[:2]]


def test_S05_stop_takes_off_the_list_and_nothing_more_leaves(wait, freed):
    place = wait()
    freed()
    services.sweep(at=LATER)
    choose(kind="phone", value=number_of(0), uses=("reminder",), is_allowed=False, word="STOP", at=LATER)
    waiting = Outgoing.objects.get(kind="offer")
    assert preflight.obstacle(waiting, LATER)
    services.sweep(at=LATER + MINUTE)
    place.refresh_from_db()
    waiting.refresh_from_db()
    assert (place.ended_why, waiting.state) == ("stopped", "cancelled")


def test_a_closed_ticket_leaves_the_list(wait, freed):
    place = wait()
    Ticket.objects.filter(pk=place.ticket_id).update(state="closed", outcome="done", closed_at=LATER)
    freed()
    sweep(LATER)
    place.refresh_from_db()
    assert (place.ended_why, asked()) == ("closed", [])


def test_A03_a_reserved_ticket_is_never_offered_on_a_shared_telephone_nor_named(wait, freed, lyon_8):
    shared, own = wait(), wait()
    Ticket.objects.update(is_sensitive=True)
    ContactPoint.objects.filter(value=number_of(0)).update(is_shared=True)
    freed()
    sweep(LATER)
    assert [offer.place for offer in asked()] == [own]
    assert lyon_8.address not in texts_to(number_of(1), "offer")[0]
    assert shared.ended_at is None


def test_N12_a_person_in_danger_gets_no_offer(wait, freed):
    wait()
    Ticket.objects.update(marks=["danger"])
    freed()
    sweep(LATER)
    assert asked() == []


def test_yes_from_a_number_that_is_no_longer_theirs_takes_nothing(wait, freed):
    wait()
    freed()
    sweep(LATER)
    ContactPoint.objects.filter(value=number_of(0)).update(value="+33639990000")
    assert say("OUI", 0, LATER + MINUTE) is None


def test_joining_is_refused_in_words(wait, make_person, make_ticket, chloe):
    place = wait()
    with pytest.raises(AlreadyWaiting):
        wait(ticket=place.ticket)
    with pytest.raises(WrongDays):
        wait(earliest=THURSDAY.date(), latest=NOW.date())
    nobody = make_person(given_name="Sans", family_name="Numéro")
    with pytest.raises(CannotBeTold):
        wait(ticket=make_ticket(person=nobody, topic="rsa-demande", received_at=NOW))
    assert services.leave(place=place, at=LATER)
    assert not services.leave(place=place, at=LATER)
    assert wait(ticket=place.ticket)


def test_the_first_delay_knows_who_waits(wait):
    place = wait()
    listed = next(iter(listed_since(NOW - 2 * DAY)))
    assert (listed.ticket, listed.type, listed.at) == (place.ticket_id, "suivi", NOW)
    assert listed_since in WAITING_LISTS


@pytest.mark.parametrize("language", ["fr", "en"])
def test_S07_every_offer_of_every_maison_is_one_segment(territory, settings, language):
    settings.LANGUAGE_CODE = language
    when = THURSDAY.replace(month=12, day=30)  # a Wednesday of two digits
    for maison in Maison.objects.select_related("commune"):
        for old in (None, when + 7 * DAY):
            text = fit(offer_texts(when, maison, is_discreet=False, instead_of=old, language=language))
            assert segments_of(text) == 1, (maison.name, text)
    for has_date in (True, False):
        assert segments_of(taken_text(has_date=has_date, language=language)) == 1
