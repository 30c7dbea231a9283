"""Two dates of one person at the same hour: both are named, and a reason is asked."""

from datetime import timedelta

import pytest

from requests_app.appointments import services
from requests_app.appointments.errors import MaisonClosed, PersonTaken, SlotTaken
from requests_app.appointments.models import Appointment
from tests.requests_app.appointments.conftest import NOW, THURSDAY

QUARTER = timedelta(minutes=15)


def said(refused):
    return str(refused.value).replace("\u00a0", " ")


def test_the_other_one_is_named(give, bruno):
    other = give()
    with pytest.raises(PersonTaken) as refused:
        give(THURSDAY + QUARTER, agent=bruno)
    assert said(refused) == (
        f"La personne a déjà un rendez-vous de 10 h 30 à 11 h : {other.maison.label}, "
        f"demande {other.ticket.reference}. Pour le donner quand même, écrivez pourquoi."
    )
    assert Appointment.objects.count() == 1


def test_a_reason_gives_both(give, bruno):
    give()
    assert give(THURSDAY + QUARTER, agent=bruno, outside_reason="Les deux agents reçoivent ensemble")


def test_the_next_one_begins_when_this_one_ends(give, bruno):
    give()
    assert give(THURSDAY + 2 * QUARTER, agent=bruno)


def test_one_that_is_cancelled_takes_no_time(give, bruno, chloe):
    services.call_off(appointment=give(), reason="Réunion", by=chloe, at=NOW)
    assert give(agent=bruno)


def test_a_moved_one_is_asked_about_too_and_stays_where_it_was(give, wish, bruno, chloe):
    give()
    moved = give(THURSDAY + timedelta(hours=-1))
    with pytest.raises(PersonTaken):
        services.move(appointment=moved, wish=wish(THURSDAY + QUARTER, agent=bruno), by=chloe, at=NOW)
    moved.refresh_from_db()
    assert moved.starts_at == THURSDAY + timedelta(hours=-1)


def test_the_reason_of_an_earlier_date_excuses_nothing(give, wish, bruno, chloe):
    give()
    moved = give(THURSDAY.replace(day=29), outside_reason="Visite à l’hôpital")
    same = wish(THURSDAY + QUARTER, agent=bruno, outside_reason="Visite à l’hôpital")
    with pytest.raises(PersonTaken):
        services.move(appointment=moved, wish=same, by=chloe, at=NOW)


def test_moved_within_its_own_time_it_meets_only_others(give, wish, chloe):
    given = give()
    services.move(appointment=given, wish=wish(THURSDAY + QUARTER), by=chloe, at=NOW)
    assert given.starts_at == THURSDAY + QUARTER


def test_both_reasons_to_ask_are_said_at_once(give, bruno):
    sunday = THURSDAY.replace(day=29)
    give(sunday, outside_reason="Visite")
    with pytest.raises(PersonTaken) as refused:
        give(sunday + QUARTER, agent=bruno)
    assert "est un dimanche." in said(refused)
    assert "a déjà un rendez-vous" in said(refused)


def test_another_person_is_not_concerned(give, bruno, make_ticket, make_person):
    give()
    assert give(agent=bruno, ticket=make_ticket(person=make_person(given_name="Paul")))


def test_an_agent_who_is_taken_is_said_first(give):
    give()
    with pytest.raises(SlotTaken):
        give()


def test_a_closed_door_alone_still_says_so(give):
    with pytest.raises(MaisonClosed):
        give(THURSDAY.replace(day=29))


def test_A03_of_a_ticket_one_may_not_read_only_the_hours(give, bruno, make_ticket, amina, chloe):
    reserved = make_ticket(person=amina, topic="enfance-danger")
    from tests.factories import appointment

    appointment(ticket=reserved, agent=chloe, starts_at=THURSDAY)
    with pytest.raises(PersonTaken) as refused:
        give(THURSDAY + QUARTER, agent=bruno, by=bruno)
    assert said(refused).startswith("La personne a déjà un rendez-vous de 10 h 30 à 11 h. Pour")
    assert reserved.reference not in said(refused)
