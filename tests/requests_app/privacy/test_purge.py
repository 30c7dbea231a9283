"""P03: what ends is listed, waits for the archivist's visa, then goes whole; the certificate stays."""

from datetime import date, datetime, timedelta

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.utils import timezone

from channels_app.intake.models import Arrival, ArrivalRaw
from requests_app.catalog.models import Topic
from requests_app.lib.holdings import HOLDINGS
from requests_app.lib.months import add_months
from requests_app.outbox.models import Outgoing
from requests_app.people.models import ContactChoice, Person
from requests_app.privacy import services
from requests_app.privacy.models import DisposalLine, DisposalSchedule, DoomedFile
from requests_app.tickets.models import Participant, Ticket
from tests.requests_app.privacy.marked import MARK, files_with, marked_ticket, message, tables_with

PARIS = timezone.get_default_timezone()
LONG_AGO = datetime(2024, 3, 31, 10, tzinfo=PARIS)
NOW = datetime(2026, 11, 30, 12, tzinfo=PARIS)


@pytest.fixture
def old(territory, chloe):
    for name in files_with():  # of a test before: its rows were rolled back
        default_storage.delete(name)
    return marked_ticket(agent=chloe, at=LONG_AGO)


def listed(at=NOW):
    services.list_month(at=at)
    return list(DisposalLine.objects.order_by("pk"))


def of_ticket():
    """The lines of tickets: what came twice stands on the list by itself too."""
    return DisposalLine.objects.filter(model="tickets.Ticket")


def give_visa(by, at=NOW):
    services.give_visa(schedule=DisposalSchedule.objects.get(visa_at=None), by=by, at=at)
    services.purge(at=at)


def test_P03_a_row_of_every_table_is_marked_before(old):
    empty = [label for label in HOLDINGS if not apps.get_model(label)._base_manager.exists()]
    assert empty == []
    assert {"tickets_ticket", "intake_arrivalraw", "people_nameword", "portal_draft"} <= set(tables_with())
    assert len(files_with()) == 6


def test_P03_nothing_goes_before_the_visa(old):
    listed()
    services.purge(at=NOW)
    assert Ticket.objects.filter(pk=old.pk).exists()
    assert of_ticket().get().fate == "listed"


def test_P03_after_the_visa_the_mark_is_nowhere(old, archivist):
    others = set(Ticket.objects.filter(state="to_sort"))
    listed()
    give_visa(archivist)
    assert tables_with() == []
    assert files_with() == []
    assert set(Ticket.objects.all()) == others
    assert Person.objects.values_list("given_name", flat=True).get() == "Awa"
    assert not DoomedFile.objects.exists()


def test_P03_the_certificate_says_what_went_and_names_nobody(old, archivist):
    listed()
    give_visa(archivist)
    line = of_ticket().get()
    assert (line.fate, line.references[0], line.purged_at) == ("purged", old.reference, NOW)
    assert (line.last_contact_on, line.ends_on) == (LONG_AGO.date(), add_months(LONG_AGO.date(), 24))
    assert line.counts["tickets.Ticket"] == 2
    assert line.files_count == 6
    assert line.schedule.visa_by == archivist
    assert DisposalSchedule.objects.get().purged_at == NOW
    assert MARK not in str(of_ticket().values().get())
    assert services.purge(at=NOW + timedelta(days=1)) == 0


def test_what_was_answered_since_the_list_stays(old, archivist, make_touchpoint):
    listed()
    make_touchpoint(old, at=NOW - timedelta(hours=1))
    give_visa(archivist)
    assert of_ticket().get().fate == "changed"
    assert Ticket.objects.filter(pk=old.pk).exists()


def test_an_open_ticket_is_on_no_list(make_ticket):
    make_ticket(received_at=LONG_AGO)
    assert listed() == []


@pytest.mark.parametrize(
    ("topic_months", "archive", "last_contact", "today", "is_listed"),
    [
        (24, None, "2024-02-29", "2026-02-27", False),
        (24, None, "2024-02-29", "2026-02-28", True),
        (24, 12, "2024-02-29", "2026-02-28", False),
        (24, 12, "2024-02-29", "2027-02-28", True),
        (1, None, "2026-01-31", "2026-02-28", True),
        (0, None, "2026-01-30", "2026-02-01", True),
        (None, None, "2024-03-31", "2026-03-30", False),
        (None, None, "2024-03-31", "2026-03-31", True),
    ],
)
def test_P03_months_are_those_of_the_topic(
    make_ticket, topic_months, archive, last_contact, today, is_listed
):
    at, now = (timezone.make_aware(datetime.fromisoformat(f"{day}T10:00")) for day in (last_contact, today))
    ticket = make_ticket(topic="accueil-premier", state="closed", received_at=at)
    Topic.objects.update(retention_months=topic_months, archive_months=archive)
    assert [line.references for line in listed(now)] == ([[ticket.reference]] if is_listed else [])


def test_the_last_appointment_is_a_contact(make_ticket, make_appointment, chloe):
    ticket = make_ticket(state="closed", received_at=LONG_AGO)
    make_appointment(ticket=ticket, agent=chloe, starts_at=LONG_AGO + timedelta(days=300))
    assert listed() == []


def test_two_tickets_of_one_story_end_together(make_ticket):
    first = make_ticket(state="closed", received_at=LONG_AGO)
    made = make_ticket(state="closed", received_at=LONG_AGO, split_from=first.touchpoints.get())
    again = make_ticket(state="closed", received_at=NOW - timedelta(days=60), merged_into=made)
    assert listed() == []
    later = add_months(timezone.localdate(again.received_at), 24)
    at = timezone.make_aware(datetime(later.year, later.month, 28, 12))
    assert {*listed(at)[0].references} == {first.reference, made.reference, again.reference}


def test_a_line_kept_comes_back_after_its_day(old, archivist):
    line = listed()[0]
    services.keep(line=line, reason="Recours", until=date(2027, 2, 1), by=archivist, at=NOW)
    give_visa(archivist)
    assert Ticket.objects.filter(pk=old.pk).exists()
    listed(NOW + timedelta(days=31))
    assert [line.fate for line in of_ticket()] == ["refused"]
    listed(NOW + timedelta(days=70))
    assert [line.fate for line in of_ticket()] == ["refused", "listed"]


def test_a_list_stopped_in_its_middle_goes_on_without_doubles(make_ticket, monkeypatch):
    monkeypatch.setattr("requests_app.privacy.services.listing.TURN", 2)
    expected = {make_ticket(state="closed", received_at=LONG_AGO).reference for _ in range(5)}
    assert services.list_month(at=NOW, turns=1) == 2
    assert DisposalSchedule.objects.get().listed_at is None
    services.list_month(at=NOW)
    services.list_month(at=NOW)
    assert sorted(line.references[0] for line in DisposalLine.objects.all()) == sorted(expected)


def test_bytes_that_another_ticket_shares_pass_to_it(old, archivist, make_ticket, make_arrival):
    held = Arrival.objects.get(state="heard").raw
    stays = [make_arrival(touchpoint=make_ticket().touchpoints.get(), state="heard", reason="") for _ in "ab"]
    ArrivalRaw.objects.filter(arrival__in=stays).update(data=None, held_by=held)
    listed()
    give_visa(archivist)
    first, second = ArrivalRaw.objects.order_by("pk")
    assert MARK in first.content.decode()
    assert (second.held_by, second.content) == (first, first.content)


def test_a_person_with_another_ticket_stays(old, archivist, make_ticket):
    make_ticket(person=old.person)
    listed()
    give_visa(archivist)
    assert Person.objects.filter(pk=old.person_id).exists()
    assert not Ticket.objects.filter(pk=old.pk).exists()


def test_a_file_that_another_message_carries_stays(old, archivist):
    name = Outgoing.objects.get(kind="answer").files[0]
    message("notice:other", NOW, kind="notice", files=[name])
    listed()
    give_visa(archivist)
    assert default_storage.exists(name)


def test_P03_a_storage_that_fails_is_asked_again(old, archivist, monkeypatch):
    def fails(name):
        raise OSError("no storage")

    listed()
    with monkeypatch.context() as patched:
        patched.setattr(default_storage, "delete", fails)
        give_visa(archivist)
    assert DoomedFile.objects.count() == 6
    services.purge(at=NOW)
    assert files_with() == []


class TestLoose:
    """What no ticket holds stands on the list too."""

    def test_P03_what_was_set_apart_ends_too(self, make_arrival, archivist):
        make_arrival(raw=MARK.encode(), received_at=LONG_AGO, facts={"words": MARK})
        young = make_arrival(received_at=NOW - timedelta(days=90), state="discarded")
        line = listed()[0]
        assert (line.model, len(line.row_ids)) == ("intake.Arrival", 1)
        assert line.topic_label == "Messages gardés à part"
        give_visa(archivist)
        assert tables_with() == []
        assert Arrival.objects.get() == young

    def test_P03_records_of_persons_without_a_ticket_end_too(self, make_person, make_ticket, archivist):
        gone = make_person(given_name=MARK, family_name=MARK, phone="+33639980009", at=LONG_AGO)
        merged = make_person(given_name=MARK, at=LONG_AGO)
        Person.objects.filter(pk=merged.pk).update(merged_into=gone)
        stays = make_person(given_name="Awa", at=LONG_AGO)
        helper = make_person(given_name="Lina", at=LONG_AGO)
        ticket = make_ticket(person=stays)
        Participant.objects.create(
            ticket=ticket, person=helper, address="l@x.fr", role="helper", added_at=NOW
        )
        listed()
        give_visa(archivist)
        assert tables_with() == []
        assert set(Person.objects.all()) == {stays, helper}

    def test_a_person_who_came_back_since_the_list_stays(self, make_person, make_ticket, archivist):
        person = make_person(given_name="Awa", at=LONG_AGO)
        listed()
        make_ticket(person=person)
        give_visa(archivist)
        assert Person.objects.get() == person

    def test_a_refusal_leaves_with_the_last_who_had_the_number(self, make_person, archivist):
        ContactChoice.objects.create(
            kind="phone", value="+33639980010", use="answer", is_allowed=False, word="STOP", at=LONG_AGO
        )
        ContactChoice.objects.create(
            kind="phone", value="+33639980011", use="answer", is_allowed=False, word="STOP", at=LONG_AGO
        )
        make_person(given_name="Awa", phone="+33639980011", at=NOW)
        listed()
        give_visa(archivist)
        assert ContactChoice.objects.get().value == "+33639980011"
