"""P05: an erasure asked waits for what holds it, by itself; the person is told the day and the reasons."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from requests_app.answers.models import Draft
from requests_app.appointments.models import Appointment
from requests_app.lib import french
from requests_app.people.models import Person
from requests_app.privacy import services
from requests_app.privacy.erasing import ask_erasure, preview, withdraw_erasure
from requests_app.privacy.errors import Refused
from requests_app.privacy.models import DisposalLine, DisposalSchedule, ErasureAsked
from requests_app.tickets.models import State, Ticket

PARIS = timezone.get_default_timezone()
NOW = datetime(2026, 11, 17, 12, tzinfo=PARIS)


@pytest.fixture
def amina(make_person):
    return make_person(given_name="Amina", family_name="Benali", email="amina@exemple.fr", at=NOW)


@pytest.fixture
def hers(amina, make_ticket):
    return make_ticket(person=amina, state=State.CLOSED, received_at=NOW - timedelta(days=50))


@pytest.fixture
def page(client_of, central):
    return client_of(central)


def why(person, at=NOW):
    return {ref: each.why_not for each in preview(person, at=at) for ref in each.references}


def visa(archivist, at):
    services.sweep(at=at)
    for schedule in DisposalSchedule.objects.filter(visa_at=None, listed_at__isnull=False):
        services.give_visa(schedule=schedule, by=archivist, at=at)
    services.sweep(at=at)


def close(ticket, at):
    Ticket.objects.filter(pk=ticket.pk).update(state=State.CLOSED, outcome="answered", closed_at=at)


def test_P05_asked_after_the_visa_it_waits_for_the_next_list_and_says_from_when(amina, hers, archivist):
    visa(archivist, NOW)
    ask_erasure(person=amina, at=NOW + timedelta(hours=1))
    assert DisposalLine.objects.get().schedule.month == date(2026, 12, 1)
    day = french.day(date(2026, 12, 1))
    assert why(amina)[hers.reference] == (
        f"Elle est déjà sur la liste des archives. Leur visa se donne à partir du {day}."
    )
    visa(archivist, NOW + timedelta(days=5))
    assert Person.objects.filter(pk=amina.pk).exists()
    visa(archivist, datetime(2026, 12, 1, 9, tzinfo=PARIS))
    assert not Person.objects.filter(pk=amina.pk).exists()


def test_P05_an_appeal_that_ends_lets_it_go_without_anybody(amina, make_ticket, archivist):
    appeal = make_ticket(
        person=amina, state=State.CLOSED, topic="rsa-demande", received_at=NOW - timedelta(days=300)
    )
    ask_erasure(person=amina, at=NOW)
    assert not DisposalLine.objects.exists()
    assert "recours" in why(amina)[appeal.reference]
    visa(archivist, NOW + timedelta(days=60))
    assert Ticket.objects.filter(pk=appeal.pk).exists()
    visa(archivist, NOW + timedelta(days=70))  # the list of January has its visa: it is on the next one
    assert DisposalLine.objects.get().schedule.month == date(2027, 2, 1)
    visa(archivist, datetime(2027, 2, 1, 9, tzinfo=PARIS))
    assert not Ticket.objects.exists()
    assert not ErasureAsked.objects.exists()


def test_P05_so_does_a_ticket_that_is_closed_and_an_appointment_that_is_past(
    amina, make_ticket, make_appointment, chloe, archivist
):
    still_open = make_ticket(person=amina, received_at=NOW - timedelta(days=3))
    expected = make_ticket(person=amina, state=State.CLOSED, received_at=NOW - timedelta(days=3))
    make_appointment(ticket=expected, agent=chloe, starts_at=NOW + timedelta(days=2), state="booked")
    ask_erasure(person=amina, at=NOW)
    services.sweep(at=NOW + timedelta(days=1))
    assert not DisposalLine.objects.exists()
    close(still_open, NOW + timedelta(days=2))
    Appointment.objects.update(state="honoured")
    services.sweep(at=NOW + timedelta(days=4))
    assert {ref for line in DisposalLine.objects.all() for ref in line.references} == {
        still_open.reference,
        expected.reference,
    }


def test_P05_what_the_person_writes_afterwards_is_no_part_of_it(
    amina, hers, make_ticket, make_touchpoint, archivist
):
    held = make_ticket(person=amina, received_at=NOW - timedelta(days=3))
    ask_erasure(person=amina, at=NOW)
    make_touchpoint(held, text="Encore un mot.", at=NOW + timedelta(hours=2))
    new = make_ticket(person=amina, state=State.CLOSED, received_at=NOW + timedelta(days=1))
    close(held, NOW + timedelta(days=1))
    visa(archivist, NOW + timedelta(days=2))
    assert set(Ticket.objects.all()) == {held, new}
    ask_erasure(person=amina, at=NOW + timedelta(days=3))
    visa(archivist, datetime(2026, 12, 2, 9, tzinfo=PARIS))
    assert not Ticket.objects.exists()
    assert not Person.objects.filter(pk=amina.pk).exists()


def test_P05_a_line_that_the_archivist_keeps_is_not_listed_again_before_its_day(amina, hers, archivist):
    ask_erasure(person=amina, at=NOW)
    until = date(2027, 1, 15)
    services.keep(line=DisposalLine.objects.get(), reason="Recours", until=until, by=archivist, at=NOW)
    services.sweep(at=NOW + timedelta(days=1))
    assert DisposalLine.objects.count() == 1
    assert why(amina)[hers.reference] == f"Les archives la gardent jusqu’au {french.day(until)}."
    services.sweep(at=datetime(2027, 1, 16, 9, tzinfo=PARIS))
    assert DisposalLine.objects.filter(fate="listed").count() == 1


def test_P05_it_can_be_taken_back_until_the_visa(amina, hers):
    ask_erasure(person=amina, at=NOW)
    withdraw_erasure(person=amina, at=NOW)
    assert not DisposalLine.objects.exists()
    services.sweep(at=NOW + timedelta(days=1))
    assert not DisposalLine.objects.exists()
    with pytest.raises(Refused, match="Aucun effacement"):
        withdraw_erasure(person=amina, at=NOW)


def test_P05_taken_back_it_leaves_the_lists_of_others_alone(amina, hers, make_person, make_ticket):
    other = make_person(given_name="Luc", at=NOW)
    theirs = make_ticket(person=other, state=State.CLOSED, received_at=NOW - timedelta(days=50))
    for person in (amina, other):
        ask_erasure(person=person, at=NOW)
    withdraw_erasure(person=amina, at=NOW)
    assert DisposalLine.objects.get().references == [theirs.reference]
    assert ErasureAsked.objects.get().person == other


def test_P05_the_answer_says_what_goes_from_when_and_what_stays(page, amina, hers, make_ticket, central):
    request = make_ticket(person=amina, topic="droits-donnees", state=State.OPEN)
    shown = page.post(reverse("archives:person_erase", args=[amina.pk]), follow=True).content.decode()
    assert "La réponse à la personne est écrite." in shown
    assert "Effacement demandé le" in shown
    text = Draft.objects.get(ticket=request, author=central).text
    assert f"- {hers.reference}\n" in text
    assert f"- {request.reference} : Elle n’est pas terminée" in text
    assert "possible à partir du " in text
    assert "cnil.fr/plaintes" in text
    assert "Amina" not in text


def test_P05_the_agent_takes_it_back_on_the_page(page, amina, hers):
    page.post(reverse("archives:person_erase", args=[amina.pk]))
    shown = page.post(reverse("archives:person_withdraw", args=[amina.pk]), follow=True).content.decode()
    assert "L’effacement n’est plus demandé." in shown
    assert "Elle ne demande plus l’effacement" not in shown
    assert not DisposalLine.objects.exists()
