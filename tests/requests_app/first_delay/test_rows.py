"""The rows that `manage first_delay` reads from the database."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from requests_app.appointments import services as appointments
from requests_app.first_delay.models import ThirdNext
from requests_app.first_delay.selectors.rows import announced_days, rows_of
from requests_app.first_delay.selectors.sources import WAITING_LISTS, Listed
from requests_app.tickets.models import Ticket
from tests.requests_app.first_delay.conftest import at

OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


def day(text):
    return date.fromisoformat(f"2026-{text}")


@pytest.fixture
def asked(make_ticket, amina):
    """A ticket of Amina received on a day of October."""

    def make(received="10-05", **fields):
        return make_ticket(person=amina, received_at=at(received), **fields)

    return make


@pytest.fixture
def book(follow_up, lyon_8, chloe):
    """Book an appointment with Chloé, on a day, for another one."""

    def given(ticket, on, starts, **fields):
        wish = appointments.Wish(
            **{"type": follow_up, "maison": lyon_8, "agent": chloe, "starts_at": at(starts), **fields}
        )
        return appointments.book(ticket=ticket, wish=wish, by=chloe, at=at(on))

    return given


class TestRows:
    def test_follows_a_ticket_from_its_reception_to_its_appointment(self, asked, book, look, chloe, lyon_8):
        ticket = asked(topic="rsa-demande")
        look(ticket, "10-06", "10-20", "10-12", agent=chloe)
        look(ticket, "10-07", "10-08", agent=chloe)
        appointments.note_came(appointment=book(ticket, "10-07", "10-14"), by=chloe, at=at("10-14"))
        [row] = rows_of(*OCTOBER)
        assert (row.maison, row.type, row.is_first_time) == (lyon_8.code, "suivi", True)
        assert (row.asked_on, row.offered_on) == (day("10-05"), day("10-12"))
        assert (row.booked_on, row.held_on, row.closed_on) == (day("10-14"), day("10-14"), None)

    def test_leaves_out_tickets_that_never_asked_for_an_appointment(self, asked):
        asked()
        assert rows_of(*OCTOBER) == []

    def test_a_moved_appointment_counts_as_it_was_first_booked(self, asked, book, follow_up, lyon_8, chloe):
        appointment = book(asked(), "10-06", "10-21")
        for on, starts in (("10-07", "11-04"), ("10-08", "11-12")):
            wish = appointments.Wish(follow_up, lyon_8, chloe, at(starts))
            appointments.move(appointment=appointment, wish=wish, by=chloe, at=at(on))
            appointment.refresh_from_db()
        appointments.note_came(appointment=appointment, by=chloe, at=at("11-12"))
        [row] = rows_of(*OCTOBER)
        assert (row.booked_on, row.held_on) == (day("10-21"), day("11-12"))

    def test_a_cancelled_appointment_was_booked_and_the_next_one_is_held(self, asked, book, chloe):
        ticket = asked()
        appointments.call_off(
            appointment=book(ticket, "10-06", "10-12"), reason="Grève", by=chloe, at=at("10-07")
        )
        appointments.note_came(appointment=book(ticket, "10-08", "10-26"), by=chloe, at=at("10-26"))
        [row] = rows_of(*OCTOBER)
        assert (row.booked_on, row.held_on) == (day("10-12"), day("10-26"))

    def test_a_slot_booked_without_a_search_was_shown_when_it_was_booked(self, asked, book, look, chloe):
        ticket = asked()
        book(ticket, "10-06", "10-15")
        look(ticket, "10-09", "10-10", agent=chloe)
        assert [row.offered_on for row in rows_of(*OCTOBER)] == [day("10-15")]

    def test_a_search_that_found_nothing_makes_a_row_that_waits(self, asked, look, chloe, lyon_8):
        look(asked(), "10-06", agent=chloe)
        [row] = rows_of(*OCTOBER)
        assert (row.maison, row.type, row.offered_on, row.booked_on) == (lyon_8.code, "suivi", None, None)

    def test_a_place_on_a_waiting_list_makes_a_row(self, asked, lyon_8):
        ticket = asked()
        with WAITING_LISTS.isolate():
            WAITING_LISTS.add(lambda since: [Listed(ticket.pk, "suivi", lyon_8.code, at("10-06"))])
            assert [row.maison for row in rows_of(*OCTOBER)] == [lyon_8.code]

    def test_days_are_those_of_paris(self, make_ticket, look, chloe):
        ticket = make_ticket(received_at=at("10-31", 23))
        late = make_ticket(received_at=at("10-01", 0))
        for each in (ticket, late):
            look(each, "11-01", agent=chloe)
        assert [row.asked_on for row in rows_of(*OCTOBER)] == [day("10-01"), day("10-31")]

    def test_what_was_entered_after_it_took_place_made_nobody_wait(self, asked, make_appointment, chloe):
        make_appointment(
            ticket=asked(), agent=chloe, starts_at=at("10-02"), state="came", came_at=at("10-02")
        )
        [row] = rows_of(*OCTOBER)
        assert row.is_in_order
        assert (row.booked_on, row.held_on) == (day("10-05"), day("10-05"))

    def test_the_announced_delay_is_given_in_calendar_days(self):
        # From a Thursday, 3 working days over a week-end and 11 November.
        assert announced_days(date(2026, 11, 5), 3) == 5
        assert announced_days(date(2026, 11, 5), 4) == 7
        assert announced_days(date(2026, 11, 5), 0) == 0


class TestFamilies:
    def test_merged_tickets_are_one_that_waits_since_the_first(self, asked, book, look, chloe):
        survivor, merged = asked("10-20"), asked("10-02")
        look(merged, "10-03", agent=chloe)
        book(survivor, "10-21", "10-28")
        Ticket.objects.filter(pk=merged.pk).update(merged_into=survivor)
        assert [(row.asked_on, row.booked_on) for row in rows_of(*OCTOBER)] == [(day("10-02"), day("10-28"))]
        assert rows_of(day("10-15"), day("10-31")) == []
        assert len(rows_of(day("10-01"), day("10-05"))) == 1


class TestFirstTime:
    @pytest.mark.parametrize(
        ("starts", "state", "is_first_time"),
        [
            ("2024-10-05", "came", False),
            ("2024-10-04", "came", True),
            ("2026-10-01", "absent", False),
            ("2026-10-01", "cancelled_person", True),
            ("2026-10-05", "booked", True),
        ],
    )
    def test_looks_back_over_24_months(
        self, asked, look, make_appointment, chloe, starts, state, is_first_time
    ):
        start = at("10-05").replace(*map(int, starts.split("-")))
        past = {"came_at": start} if state == "came" else {}
        make_appointment(ticket=asked("09-01"), agent=chloe, starts_at=start, state=state, **past)
        search = look(asked(), "10-05", agent=chloe)
        [row] = [row for row in rows_of(*OCTOBER) if row.asked_on == day("10-05")]
        assert row.is_first_time is is_first_time
        assert search.is_first_time is is_first_time


class TestCommand:
    def ask(self, *more):
        out = StringIO()
        window = ("--from", "2026-10-01", "--to", "2026-10-31", "--at", "2026-11-30")
        call_command("first_delay", *window, "--json", *more, stdout=out)
        return json.loads(out.getvalue())

    def test_the_rows_it_writes_give_the_same_delays(self, asked, book, look, chloe, tmp_path):
        look(asked("10-07", topic="rsa-demande"), "10-08", agent=chloe)
        appointments.note_came(appointment=book(asked(), "10-06", "10-21"), by=chloe, at=at("10-21"))
        file = tmp_path / "rows.csv"
        told = self.ask("--rows", str(file))
        assert told["held"]["n"] == 2
        assert (told["held"]["waiting"], told["held"]["median_days"]) == (1, 16)
        assert {**told, "third_next": None} == self.ask("--from-csv", str(file))

    def test_measures_the_third_next_day_after_day(self, follow_up, lyon_8):
        days = {"10-05": "10-09", "10-06": "10-16", "10-07": None, "11-02": "11-03"}
        for on, start in days.items():
            ThirdNext.objects.create(
                maison=lyon_8,
                type=follow_up,
                day=day(on),
                start=at(start) if start else None,
                looked_until=date(2027, 1, 7),
            )
        expected = {"n": 3, "waiting": 1, "median_days": 10, "p90_days": None, "share_under": None}
        assert self.ask()["third_next"] == expected
        assert self.ask("--type", "suivi", "--maison", lyon_8.code)["third_next"] == expected

    @pytest.mark.parametrize("code", [("--maison", "nulle-part"), ("--type", "rien")])
    def test_refuses_a_code_that_is_none_of_ours(self, territory, code):
        with pytest.raises(CommandError) as raised:
            self.ask(*code)
        assert raised.value.returncode == 2

    def test_costs_the_same_for_one_ticket_as_for_ten(self, asked, look, book, make_appointment, chloe):
        def fill(n):
            ticket = asked("10-05")
            look(ticket, "10-06", "10-07", agent=chloe)
            make_appointment(ticket=ticket, agent=chloe, starts_at=at("10-07", n), round=2)

        def count():
            with CaptureQueriesContext(connection) as caught:
                assert rows_of(*OCTOBER)
            return len(caught)

        fill(8)
        one = count()
        for n in range(9, 18):
            fill(n)
        assert count() == one == 7
