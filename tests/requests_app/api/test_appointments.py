"""Appointments given, moved and cancelled by a program, as agents do, within the scope of its key."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from requests_app.appointments.models import Appointment
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket(lyon_8):
    return factories.ticket(person=factories.person(given_name="Amina", family_name="Benali"))


@pytest.fixture
def given(ticket, chloe):
    return factories.appointment(ticket=ticket, agent=chloe, room="Bureau 2")


def in_days(days, hour=10):
    """An hour of a Tuesday at Paris, so that the Maison is open."""
    at = timezone.now().replace(hour=hour, minute=0, second=0, microsecond=0) + timedelta(days=days)
    return at + timedelta(days=(1 - at.weekday()) % 7)


@pytest.fixture
def wish(ticket, given, lyon_8):
    """What a program asks for: the type of the appointment already given."""
    return {
        "ticket": ticket.reference,
        "type": "suivi",
        "maison": lyon_8.code,
        "agent": "chloe",
        "starts_at": in_days(7).isoformat(),
        "outside_reason": "Convenu avec la personne.",
    }


class TestReading:
    def test_says_when_where_with_whom_and_about_what(self, program, given, ticket, lyon_8):
        shown = program("appointments:read").get(f"appointments/{given.pk}/").json()
        assert (shown["ticket"], shown["person"], shown["maison"]) == (
            ticket.reference,
            ticket.person_id,
            lyon_8.code,
        )
        assert (shown["agent"], shown["type"], shown["room"], shown["state"]) == (
            "chloe",
            "suivi",
            "Bureau 2",
            "booked",
        )
        assert shown["starts_at"] == given.starts_at.isoformat().replace("+00:00", "Z")

    def test_a_list_says_the_same(self, program, given):
        ours = program("appointments:read")
        assert ours.get("appointments/").json()["results"] == [ours.get(f"appointments/{given.pk}/").json()]

    def test_A03_of_a_reserved_ticket_only_the_hour_and_the_place_are_read(self, program, given, ticket):
        ticket.is_sensitive = True
        ticket.save(update_fields=["is_sensitive"])
        shown = program("appointments:read").get(f"appointments/{given.pk}/").json()
        assert {name for name, value in shown.items() if value is None} == {
            "ticket", "person", "type", "reason", "outside_reason", "reply"
        }  # fmt: skip
        whole = program("appointments:read", "sensitive:read").get(f"appointments/{given.pk}/").json()
        assert whole["ticket"] == ticket.reference

    def test_A02_no_filter_tells_what_is_hidden(self, program, given, ticket):
        ticket.is_sensitive = True
        ticket.save(update_fields=["is_sensitive"])
        found = program("appointments:read").get("appointments/", ticket=ticket.reference).json()
        assert found["results"] == []

    def test_A01_the_key_of_another_maison_finds_none(self, program, given, villeurbanne):
        theirs = program("appointments:write", maisons=[villeurbanne])
        assert theirs.get(f"appointments/{given.pk}/").status_code == 404
        assert theirs.get("appointments/").json()["results"] == []
        cancel = theirs.post(f"appointments/{given.pk}/cancel/", {"by": "person"})
        assert cancel.status_code == 404
        given.refresh_from_db()
        assert given.state == "booked"

    @pytest.mark.parametrize(
        ("query", "is_found"),
        [
            ({"state": "booked"}, True),
            ({"state": "came"}, False),
            ({"maison": "P108"}, False),
            ({"starts_before": "2020-01-01T00:00:00Z"}, False),
            ({"starts_after": "2020-01-01T00:00:00Z"}, True),
        ],
    )
    def test_filters_keep_what_they_name(self, program, given, query, is_found):
        found = program("appointments:read").get("appointments/", **query).json()["results"]
        assert bool(found) is is_found

    @pytest.mark.parametrize("name", ["agent__password", "ticket__subject", "order", "type"])
    def test_W04_any_other_parameter_is_refused_by_its_name(self, program, given, name):
        answer = program("appointments:read").get("appointments/", **{name: "x"})
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["parameter"] == name

    def test_a_list_costs_the_same_for_one_as_for_ten(self, program, given, ticket, chloe):
        ours = program("appointments:read")
        ours.get("appointments/")
        with CaptureQueriesContext(connection) as one:
            ours.get("appointments/")
        for day in range(3, 12):
            starts_at = timezone.now() + timedelta(days=day)
            factories.appointment(ticket=ticket, agent=chloe, starts_at=starts_at)
        with CaptureQueriesContext(connection) as ten:
            assert len(ours.get("appointments/").json()["results"]) == 10
        assert len(ten) == len(one)


class TestGiving:
    def test_gives_a_date_once_however_often_it_is_asked(self, program, wish, ticket):
        ours = program("appointments:write")
        answers = [ours.post("appointments/", wish, headers={"Idempotency-Key": "a1"}) for _n in range(3)]
        assert {answer.status_code for answer in answers} == {201}
        made = Appointment.objects.exclude(room="Bureau 2").get()
        assert answers[0].json()["id"] == made.pk
        assert answers[0].headers["Location"].endswith(f"/api/v1/appointments/{made.pk}/")
        assert made.booked_by == ours.key.account

    def test_an_hour_that_is_taken_is_a_conflict(self, program, wish, given):
        body = {**wish, "starts_at": given.starts_at.isoformat()}
        answer = program("appointments:write").post("appointments/", body)
        assert answer.status_code == 409
        assert Appointment.objects.count() == 1

    @pytest.mark.parametrize(
        ("change", "pointer"),
        [
            ({"ticket": "LYN-222222"}, "#/ticket"),
            ({"type": "inconnu"}, "#/type"),
            ({"maison": "P0"}, "#/maison"),
            ({"agent": "personne"}, "#/agent"),
            ({"agent": "elsa"}, "#/agent"),
            ({"starts_at": "2020-01-01T10:00:00Z"}, "#/starts_at"),
            ({"starts_at": "2030-01-01T10:00:00"}, "#/starts_at"),
            ({"starts_at": "demain"}, "#/starts_at"),
            ({"state": "came"}, "#/state"),
            ({"booked_by": 1}, "#/booked_by"),
        ],
    )
    def test_W03_what_is_wrong_or_unknown_is_pointed_at(self, program, wish, elsa, change, pointer):
        answer = program("appointments:write").post("appointments/", {**wish, **change})
        assert answer.status_code == 400, answer.content
        assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
        assert Appointment.objects.count() == 1

    def test_A03_nothing_is_given_about_a_ticket_it_does_not_read(self, program, wish, ticket):
        ticket.is_sensitive = True
        ticket.save(update_fields=["is_sensitive"])
        answer = program("appointments:write").post("appointments/", wish)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "#/ticket")


class TestChanging:
    def test_moves_to_another_hour_and_keeps_the_rest(self, program, given, chloe):
        starts_at = in_days(14)
        body = {"starts_at": starts_at.isoformat(), "outside_reason": "Convenu."}
        answer = program("appointments:write").post(f"appointments/{given.pk}/move/", body)
        assert answer.status_code == 200, answer.content
        given.refresh_from_db()
        assert (given.starts_at, given.agent, given.room) == (starts_at, chloe, "Bureau 2")

    @pytest.mark.parametrize(
        ("body", "state"),
        [
            ({"by": "person"}, "cancelled_person"),
            ({"by": "service", "reason": "Agent absent."}, "cancelled_service"),
        ],
    )
    def test_cancels_for_the_person_or_for_the_service(self, program, given, body, state):
        ours = program("appointments:write")
        assert ours.post(f"appointments/{given.pk}/cancel/", body).json()["state"] == state
        assert ours.post(f"appointments/{given.pk}/cancel/", body).status_code == 409

    @pytest.mark.parametrize(
        ("body", "pointer"),
        [({"by": "service"}, "#/reason"), ({"by": "moi"}, "#/by"), ({}, "#/by")],
    )
    def test_a_service_says_why(self, program, given, body, pointer):
        answer = program("appointments:write").post(f"appointments/{given.pk}/cancel/", body)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, pointer)
