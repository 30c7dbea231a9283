"""P03: who goes is named no longer in the history of tickets that stay and were theirs for a while."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from requests_app.people.models import Person
from requests_app.privacy import services
from requests_app.privacy.erasing import ask_erasure
from requests_app.privacy.models import DisposalSchedule
from requests_app.tickets.errors import Refused
from requests_app.tickets.models import Event, State, Ticket
from requests_app.tickets.services.whose import choose_person, restore_person
from tests.history import said_by
from tests.requests_app.privacy.marked import MARK, tables_with

PARIS = timezone.get_default_timezone()
NOW = datetime(2026, 11, 17, 12, tzinfo=PARIS)


@pytest.fixture
def gone(make_person):
    return make_person(given_name=MARK, family_name="Benali", email=f"{MARK}@exemple.fr", at=NOW)


@pytest.fixture
def luc(make_person):
    return make_person(given_name="Luc", family_name="Roy", at=NOW)


@pytest.fixture
def stays(make_ticket, luc, gone, chloe):
    """A ticket of Luc, given to the other by mistake, then back to Luc."""
    ticket = make_ticket(person=luc, state=State.OPEN, received_at=NOW, text="Bonjour")
    for minutes, who in enumerate((gone, luc)):
        choose_person(ticket=ticket, who=who, by=chloe, at=NOW + timedelta(minutes=minutes))
        ticket.refresh_from_db()
    return ticket


def erase(person, archivist):
    at = NOW + timedelta(days=1)
    ask_erasure(person=person, at=at)
    DisposalSchedule.objects.update(listed_at=at)
    services.give_visa(schedule=DisposalSchedule.objects.get(), by=archivist, at=at)
    services.purge(at=at)


def test_P03_the_history_of_a_ticket_that_stays_names_them_no_more(
    stays, gone, luc, make_ticket, archivist, client_of, chloe
):
    make_ticket(person=gone, state=State.CLOSED, received_at=NOW, text=MARK, sender=MARK)
    assert "tickets_event" in tables_with()
    erase(gone, archivist)
    assert not Person.objects.filter(pk=gone.pk).exists()
    assert tables_with() == []
    first, second = Event.objects.filter(ticket=stays, kind="person_linked").order_by("pk")
    assert "devient une fiche effacée" in said_by(first)
    assert "une fiche effacée devient" in said_by(second)
    assert not {"to"} & set(first.data) | {"from"} & set(second.data)
    assert (first.data["from"], second.data["to"]) == ("Luc Roy", "Luc Roy")
    page = client_of(chloe).get(reverse("backoffice:ticket", args=[stays.reference]))
    assert page.status_code == 200
    with pytest.raises(Refused):
        restore_person(ticket=stays, by=chloe, at=NOW)
    assert Ticket.objects.get(pk=stays.pk).person == luc


def test_P03_events_of_the_former_version_too(stays, gone, make_ticket, archivist):
    for event in Event.objects.filter(kind="person_linked"):
        del event.data["persons"]
        event.save()
    make_ticket(person=gone, state=State.CLOSED, received_at=NOW)
    erase(gone, archivist)
    assert "tickets_event" not in tables_with()


def test_P03_another_of_the_same_name_keeps_theirs(make_person, make_ticket, luc, gone, chloe, archivist):
    homonym = make_person(given_name=MARK, family_name="Benali", at=NOW)
    ticket = make_ticket(person=luc, state=State.OPEN, received_at=NOW)
    choose_person(ticket=ticket, who=homonym, by=chloe, at=NOW)
    make_ticket(person=gone, state=State.CLOSED, received_at=NOW)
    erase(gone, archivist)
    event = Event.objects.get(ticket=ticket, kind="person_linked")
    assert event.data["to"] == f"{MARK} Benali"
    assert event.data["undo"]["now"] == homonym.pk


def test_the_search_of_names_has_its_index(db):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM tickets_event WHERE data @> '{\"persons\": [7]}' AND kind IN"
            " ('person_linked', 'person_back', 'person_merged', 'person_unmerged')"
        )
        assert "event_of_persons" in str(cursor.fetchall())
