"""No-show help: fitted from a Maison's own rows, off without enough, and never anything but more help."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from requests_app.appointments.models import Appointment
from requests_app.appointments.services import cancel_by_person
from requests_app.attendance.models import Estimate, RiskFit
from requests_app.attendance.services import fitting
from requests_app.attendance.services.fitting import models_in_use, refit
from requests_app.attendance.services.helping import help_expected, refuse
from requests_app.people.models import AccessNeed, ContactPoint
from requests_app.reminders.models import Reminder
from requests_app.slots.selectors import Wanted, find_slots
from requests_app.tickets.errors import Refused
from requests_app.tickets.models import ToDo
from tests.markup import one_line
from tests.requests_app.attendance.conftest import DAY, NOW

pytestmark = pytest.mark.django_db
AHEAD = NOW + timedelta(days=2) - timedelta(minutes=30)
SEEN = NOW + timedelta(minutes=1)


@pytest.fixture
def book(give):
    """Book for Amina long before, or a little."""

    def ahead(days=60, starts_at=AHEAD, **fields):
        with time_machine.travel(starts_at - days * DAY, tick=False):
            return give(starts_at, at=starts_at - days * DAY, **fields)

    return ahead


@pytest.fixture
def phone_only(amina):
    ContactPoint.objects.filter(person=amina, kind="email").delete()


def extra(appointment):
    rows = Reminder.objects.filter(appointment=appointment, purpose="reminder", days_before=None)
    return list(rows.values_list("outgoing__channel", "outgoing__state"))


def calls(appointment):
    return list(ToDo.objects.filter(ticket=appointment.ticket, kind="call", done_at=None))


class TestFitting:
    def test_is_off_under_two_hundred(self, history, lyon_8):
        history(199)
        while refit(at=NOW):
            pass
        row = RiskFit.objects.get(maison=lyon_8)

        assert (row.count, row.off, row.weights) == (199, "few", [])
        assert models_in_use(NOW) == {}

    def test_is_off_where_nobody_is_absent(self, history, lyon_8):
        history()
        Appointment.objects.update(state="came", came_at=NOW)
        while refit(at=NOW):
            pass

        assert RiskFit.objects.get(maison=lyon_8).off == "alike"

    def test_is_off_when_it_is_wrong(self, history, lyon_8, monkeypatch):
        monkeypatch.setattr(fitting, "MAX_ERROR", -1.0)
        history()
        while refit(at=NOW):
            pass

        assert RiskFit.objects.get(maison=lyon_8).off == "wrong"
        assert models_in_use(NOW) == {}

    def test_measures_itself_and_is_fitted_once_a_month(self, fitted, lyon_8, villeurbanne):
        assert (fitted.count, fitted.off, len(fitted.weights)) == (210, "", 7)
        assert fitted.error < 0.1
        assert sum(count for _predicted, _observed, count in fitted.fifths) == 210
        assert RiskFit.objects.get(maison=villeurbanne).off == "few"
        assert refit(at=NOW) == 0
        assert set(models_in_use(NOW)) == {lyon_8.pk}
        assert models_in_use(NOW + 62 * DAY) == {}

    def test_reads_the_rows_of_a_maison_in_as_many_statements_for_ten_as_for_two_hundred(
        self, history, lyon_8
    ):
        history(10)
        with CaptureQueriesContext(connection) as few:
            fitting.past_cases(lyon_8.pk, NOW)
        Appointment.objects.all().delete()
        history()
        with CaptureQueriesContext(connection) as many:
            assert len(fitting.past_cases(lyon_8.pk, NOW)) == 210

        assert len(many) == len(few) == 4


class TestHelp:
    def test_reminds_once_more_by_another_channel(self, fitted, book):
        appointment = book()

        assert help_expected(at=SEEN) == 1
        assert [channel for channel, _state in extra(appointment)] == ["mail"]
        assert help_expected(at=SEEN) == 0
        assert len(extra(appointment)) == 1
        texts = Reminder.objects.filter(appointment=appointment, outgoing__channel="mail")
        [text] = texts.values_list("outgoing__payload__text", flat=True)
        assert "Une autre heure, ou le téléphone plutôt ?" in text.replace("\xa0", " ")
        found = Estimate.objects.get()
        assert (found.help, found.reasons) == ("message", ["lead"])
        assert 0.3 < found.risk < 0.8

    def test_asks_to_call_when_there_is_no_other_channel(self, fitted, book, phone_only):
        appointment = book()

        assert help_expected(at=SEEN) == 1
        assert extra(appointment) == []
        [call] = calls(appointment)
        assert "Une autre heure, ou le téléphone plutôt ?" in call.text.replace("\xa0", " ")

    @pytest.mark.parametrize("kind", ["no_call", "write"])
    def test_calls_nobody_who_is_not_to_be_called(self, fitted, book, amina, phone_only, kind):
        AccessNeed.objects.create(person=amina, kind=kind, said_at=NOW)
        appointment = book()

        assert help_expected(at=SEEN) == 0
        assert calls(appointment) == []
        assert Estimate.objects.get().help == ""

    def test_helps_no_more_than_usual_where_the_risk_is_low(self, fitted, book):
        appointment = book(days=2)

        assert help_expected(at=SEEN) == 0
        assert Estimate.objects.get(appointment=appointment).help == ""

    def test_an_agent_reads_why_and_stops_it(self, fitted, book, client_of, chloe):
        appointment = book()
        help_expected(at=SEEN)
        page = f"/demandes/{appointment.ticket.reference}/"
        with time_machine.travel(SEEN, tick=False):
            client = client_of(chloe)
            before = one_line(client.get(page).content.decode())
            step = f"{page}rendez-vous/{appointment.pk}/sans-aide/"
            after = one_line(client.post(step, {"tour": 1}, follow=True).content.decode())

        assert "Rappel supplémentaire : délai long" in before.replace("\xa0", " ")
        assert "L’aide est arrêtée." in after
        assert "délai long, refusé" in after
        assert "Arrêter cette aide" not in after
        assert extra(appointment) == [("mail", "cancelled")]

    def test_an_agent_refuses_and_it_is_not_tried_again(self, fitted, book, chloe, elsa):
        appointment = book()
        help_expected(at=SEEN)

        with pytest.raises(Refused):
            refuse(appointment=appointment, by=elsa, at=SEEN)
        refuse(appointment=appointment, by=chloe, at=SEEN)
        assert extra(appointment) == [("mail", "cancelled")]
        with pytest.raises(Refused):
            refuse(appointment=appointment, by=chloe, at=SEEN)
        other = book(starts_at=AHEAD + DAY)
        assert help_expected(at=SEEN + DAY) == 0
        assert extra(other) == []

    def test_a_cancelled_one_needs_no_call(self, fitted, book, phone_only):
        appointment = book()
        help_expected(at=SEEN)
        assert len(calls(appointment)) == 1
        cancel_by_person(appointment=appointment, by=None, at=SEEN)

        assert calls(appointment) == []

    def test_costs_the_same_statements_where_nothing_is_in_use(self, history, book):
        book()
        with CaptureQueriesContext(connection) as queries:
            assert help_expected(at=SEEN) == 0
        assert len(queries) == 1
        assert not Estimate.objects.exists()


class TestOnlyEverHelps:
    """Never overbooking, never a worse slot: what offers hours cannot even read the estimates."""

    ROOMS = ("slots", "appointments", "visits", "waiting_list", "first_delay", "reminders", "routing")

    def test_no_room_that_offers_hours_reads_a_risk(self):
        word = re.compile(r"\b(attendance|riskfit|estimate|estimate__\w+)\b", re.IGNORECASE)
        folders = [settings.BASE_DIR / "requests_app" / room for room in self.ROOMS]
        sources = [path for folder in folders for path in folder.rglob("*.py")]

        assert len(sources) > 100
        assert [str(path) for path in sources if word.search(path.read_text())] == []

    def test_slots_are_found_without_a_statement_on_risks(self, fitted, book, follow_up, lyon_8):
        book()
        assert help_expected(at=SEEN) == 1
        days = {"first": NOW.date(), "last": NOW.date() + 9 * DAY}
        with CaptureQueriesContext(connection) as queries:
            find_slots(Wanted(type=follow_up, at=SEEN, maisons=[lyon_8.code], **days))

        assert queries.captured_queries
        assert not any("attendance_" in each["sql"] for each in queries)
