"""People ask for an earlier date from their link, and leave the list by a button."""

import pytest

from channels_app.portal import limits
from channels_app.portal.limits import Attempt
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
from requests_app.waiting_list.models import Place

NUMBER = "+33639980001"


@pytest.fixture
def ticket(make_ticket, make_person):
    return make_ticket(person=make_person(given_name="Awa", family_name="Diop", phone=NUMBER))


@pytest.fixture
def phone(ticket):
    return Phone(ticket)


def test_joins_once_and_leaves_from_the_page_of_hours(phone, ticket, opened, kind):  # noqa: F811
    said = phone.get()
    assert "Me prévenir par SMS" in said
    for _twice in range(2):
        answer = phone.post("attente/", quoi="rejoindre")
    assert "Vous êtes sur la liste." in words(phone.client.get(answer.url))
    place = Place.objects.get()
    assert (place.ticket, place.type, place.maison_id) == (ticket, kind, ticket.maison_id)
    assert (place.asked_by, place.since) == (None, NOW)
    left = phone.post("attente/", quoi="quitter")
    assert "Vous n’êtes plus sur la liste." in words(phone.client.get(left.url))
    phone.post("attente/", quoi="quitter")
    place.refresh_from_db()
    assert (place.ended_why, place.ended_by) == ("left", None)


def test_joins_where_nothing_is_free(phone, ticket, open_agenda):  # noqa: F811
    open_agenda(valid_until=NOW.date())
    assert phone.post("attente/", quoi="rejoindre").status_code == 302
    assert Place.objects.open().count() == 1


def test_joins_for_their_own_appointment_whoever_books_its_type(
    phone,
    ticket,
    make_appointment,
    chloe,
    kind,  # noqa: F811
):
    given = make_appointment(ticket=ticket, agent=chloe, starts_at=NINE)
    assert "Me prévenir par SMS" in phone.get("")
    answer = phone.client.post(f"/rendez-vous/{phone.secret}/attente/", {"quoi": "rejoindre"})
    assert answer.url == f"/rendez-vous/{phone.secret}/?fait=attente#attente"
    assert "Vous êtes sur la liste." in phone.get("")
    assert Place.objects.get().type == given.type


def test_says_whom_no_sms_can_reach(phone, ticket, opened):  # noqa: F811
    ticket.person.contact_points.all().delete()
    answer = phone.post("attente/", quoi="rejoindre")
    assert "Appelez-nous" in words(phone.client.get(answer.url))
    assert not Place.objects.exists()


def test_somebody_who_waits_for_another_request_is_told_so(phone, ticket, make_ticket, opened):  # noqa: F811
    other = Phone(make_ticket(person=ticket.person), "accuse:2")
    other.post("attente/", quoi="rejoindre")
    answer = phone.post("attente/", quoi="rejoindre")
    said = words(phone.client.get(answer.url))
    assert "Vous êtes déjà sur cette liste, pour une autre demande." in said
    assert Place.objects.get().ticket != ticket


def test_W02_a_link_joins_ten_lists_a_day(phone, ticket, opened):  # noqa: F811
    limits.note(*[Attempt(limits.JOIN_LIST, ticket.reference)] * 10, at=NOW)
    answer = phone.post("attente/", quoi="rejoindre")
    assert "Trop de listes d’attente aujourd’hui. Appelez-nous." in words(phone.client.get(answer.url))
    assert not Place.objects.exists()


def test_W02_one_address_joins_lists_for_no_more_than_an_hour_s_worth_of_tickets(
    phone,
    opened,  # noqa: F811
    make_ticket,
    make_person,
):
    limits.note(*[Attempt(limits.BOOK_BY_ADDRESS, "127.0.0.1")] * 88, at=NOW)
    for rank in range(4):
        person = make_person(given_name=f"P{rank}", family_name="Robot", phone=f"+3363998010{rank}")
        Phone(make_ticket(person=person), f"accuse:{rank + 2}").post("attente/", quoi="rejoindre")
    assert Place.objects.count() == 2


def test_W03_refuses_what_no_page_sends(phone, opened):  # noqa: F811
    assert phone.post("attente/", quoi="voler").status_code == 400
    assert phone.post("attente/", quoi="rejoindre", sorte="rien").status_code == 400
    assert phone.client.get(f"/rendez-vous/{phone.secret}/attente/").status_code == 405
