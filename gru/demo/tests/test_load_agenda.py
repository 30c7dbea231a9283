"""`manage load_agenda`: what the file says, and nothing else, takes time."""

import json
import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as hour

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from requests_app.accounts.models import Membership, User
from requests_app.appointments.models import Appointment, AppointmentType, BusyTime, Hold
from requests_app.outbox.models import Outgoing
from requests_app.people.models import Person
from requests_app.reminders.services import sweep
from requests_app.slots.models import Absence, Closure, Opening
from requests_app.tickets.models import Event, Ticket, ToDo

pytestmark = pytest.mark.django_db
MONDAY = "2026-12-07"
TYPE = {"code": "bref", "minutes": 20, "buffer_minutes": 5, "notice_max_days": 0}


@pytest.fixture
def load(territory, tmp_path):
    """Load an agenda, as a file; a text is written as it is."""

    def run(agenda):
        file = tmp_path / "agenda.json"
        file.write_text(agenda if isinstance(agenda, str) else json.dumps(agenda), encoding="utf-8")
        call_command("load_agenda", str(file), verbosity=0)

    return run


@pytest.fixture
def refusal(load):
    """The sentence of a refusal, with exit code 2."""

    def run(agenda):
        with pytest.raises(CommandError) as caught:
            load(agenda)
        assert caught.value.returncode == 2
        return str(caught.value)

    return run


@pytest.fixture
def week(lyon_8):
    """A whole file of one agent, with what a test changes."""

    def make(**changes):
        start, end = f"{MONDAY}T09:00", f"{MONDAY}T12:00"
        opening = {"start": start, "end": end, "rrule": "FREQ=WEEKLY;COUNT=4", "types": ["bref"], "room": ""}
        nina = {"username": "Nina", "maison": lyon_8.code, "openings": [opening]}
        return {"types": [TYPE], "agents": [nina], **changes}

    return make


def chloe_home(chloe):
    return Membership.objects.get(user=chloe).maison.code


def slot(start, agent="nina", minutes=20, **fields):
    return {"agent": agent, "start": f"{MONDAY}T{start}", "minutes": minutes, "type": "bref", **fields}


class TestWhatIsWritten:
    def test_an_opening_on_the_paris_clock(self, load, week, lyon_8):
        load(week())
        row = Opening.objects.get()
        assert (row.starts_on, row.starts_at, row.ends_at) == (date(2026, 12, 7), hour(9), hour(12))
        assert (row.agent.username, row.maison, row.room) == ("nina", lyon_8, "")
        assert row.rrule == "FREQ=WEEKLY;COUNT=4"
        assert [each.code for each in row.types.all()] == ["bref"]

    def test_an_unknown_agent_handles_cases_there(self, load, week, client):
        load(week())
        held = Membership.objects.get(user__username="nina")
        assert (held.role, held.maison.code) == ("case_handler", week()["agents"][0]["maison"])
        assert client.login(username="nina", password="gru-demo")

    def test_a_known_agent_keeps_their_roles(self, load, week, chloe, villeurbanne):
        load(week(agents=[{"username": "chloe", "maison": villeurbanne.code}]))
        assert Membership.objects.filter(user=chloe).count() == 1

    def test_an_agent_may_stand_at_two_maisons(self, load, week, villeurbanne):
        elsewhere = {"username": "nina", "maison": villeurbanne.code}
        load(week(agents=[*week()["agents"], elsewhere], appointments=[slot("10:00")]))
        assert Membership.objects.filter(user__username="nina").count() == 2
        assert Appointment.objects.get().maison.code == week()["agents"][0]["maison"]

    def test_types_are_created_and_changed_with_what_is_missing_at_none(self, load, week):
        known = {"minutes": 60, "label": "Bref", "public_label": "Rendez-vous", "needs_room": True}
        AppointmentType.objects.create(code="bref", buffer_minutes=30, notice_min_minutes=9, **known)
        load(week())
        row = AppointmentType.objects.get(code="bref")
        assert (row.minutes, row.buffer_minutes, row.notice_min_minutes) == (20, 5, 0)
        assert (row.notice_max_days, row.needs_room, row.label) == (0, False, "Bref")
        load(week(types=[{"code": "bref", "minutes": 20}]))
        row.refresh_from_db()
        assert (row.buffer_minutes, row.notice_max_days) == (0, None)

    def test_closures_close_the_last_day_whole_and_hours_to_their_end(self, load, week, lyon_8):
        days = {"maison": lyon_8.code, "from": "2026-12-24", "to": "2026-12-25"}
        hours = {"maison": lyon_8.code, "from": "2026-12-28T09:00", "to": "2026-12-28T11:00"}
        load(week(closures=[days, hours]))
        first, second = Closure.objects.order_by("starts_on")
        assert (first.start, first.end) == (datetime(2026, 12, 24), datetime(2026, 12, 26))
        assert (second.start, second.end) == (datetime(2026, 12, 28, 9), datetime(2026, 12, 28, 11))

    def test_an_appointment_has_a_ticket_and_a_person_of_its_own(self, load, week):
        load(week(appointments=[slot("10:00"), slot("10:20", minutes=45, room="Bureau  1")]))
        first, second = Appointment.objects.order_by("starts_at")
        assert first.starts_at == datetime(2026, 12, 7, 9, 0, tzinfo=UTC)
        assert second.ends_at - second.starts_at == timedelta(minutes=45)
        assert (second.room, second.state) == ("Bureau 1", "booked")
        assert first.ticket_id != second.ticket_id
        assert first.ticket.person_id != second.ticket.person_id
        assert BusyTime.objects.count() == 3

    def test_nobody_is_reminded_of_them(self, load, week):
        start = (timezone.now() + timedelta(days=5)).isoformat()
        load(week(appointments=[{**slot("10:00"), "start": start}]))
        sweep(at=timezone.now())
        assert not Outgoing.objects.exists()
        assert not ToDo.objects.exists()

    def test_an_hour_that_the_clock_shows_twice_is_the_first(self, load, week):
        load(week(appointments=[{**slot("10:00"), "start": "2026-10-25T02:30"}]))
        assert Appointment.objects.get().starts_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


class TestHolds:
    def test_one_over_an_appointment_or_a_longer_hold_takes_no_time_and_is_there(self, load, week):
        soon, later = f"{MONDAY}T08:00", f"{MONDAY}T09:00"
        over, short = slot("10:00", expires=soon), slot("11:00", expires=soon)
        long, gone = slot("11:10", expires=later), slot("08:00", expires="2020-01-01T00:00:00Z")
        load(week(appointments=[slot("10:10")], holds=[over, short, long, gone]))
        found = Hold.objects.order_by("starts_at").values_list("blocks", flat=True)
        assert list(found) == [True, False, False, True]
        assert BusyTime.objects.count() == 3


class TestWhatWasThere:
    def test_is_gone_and_its_messages_never_leave(self, load, week, make_ticket, make_appointment, chloe):
        given = make_appointment(ticket=make_ticket(), agent=chloe)
        Absence.objects.create(
            agent=chloe, starts_on=MONDAY, starts_at=hour(9), ends_on=MONDAY, ends_at=hour(12)
        )
        sweep(at=timezone.now())
        load(week())
        given.refresh_from_db()
        sweep(at=timezone.now())

        assert (given.state, given.reason) == ("cancelled_service", "Agenda remplacé")
        assert Event.objects.filter(ticket=given.ticket, kind="appointment").count() == 1
        assert not Outgoing.objects.exclude(state="cancelled").exists()
        assert not BusyTime.objects.exists()
        assert not Absence.objects.exists()

    def test_twice_the_same_file_leaves_one_agenda(self, load, week):
        agenda = week(appointments=[slot("10:00")], holds=[slot("11:00", expires=f"{MONDAY}T08:00")])
        load(agenda)
        load(agenda)
        assert Appointment.objects.filter(state="booked").count() == 1
        assert (Opening.objects.count(), Hold.objects.count(), User.objects.count()) == (1, 1, 1)

    def test_who_came_is_replaced_too(self, load, week, make_ticket, make_appointment, chloe):
        now = timezone.now()
        make_appointment(ticket=make_ticket(), agent=chloe, state="came", came_at=now, starts_at=now)
        load(week())
        assert not BusyTime.objects.exists()


NOBODY = [slot("10:00", agent="fantome")]
BAD = {
    "not JSON": ("{", "n’est pas du JSON"),
    "not an object": ("[]", "attend un objet"),
    "too deep": ("[" * 100_000, "n’est pas du JSON"),
    "a list of what": ({"agents": [3]}, "agents[0]"),
    "agents": ({"agents": {}}, "attend une liste"),
    "Maison": ({"agents": [{"username": "nina", "maison": "XX"}]}, "Maison inconnue"),
    "no username": ({"agents": [{"maison": "XX"}]}, "agents[0].username » manque"),
    "nobody": ({"types": [TYPE], "appointments": NOBODY}, "n’est personne"),
    "a hold of nobody": (
        {"types": [TYPE], "holds": [slot("10:00", agent="fantome", expires=f"{MONDAY}T08:00")]},
        "n’est personne",
    ),
    "type": ({"types": [{"code": "bref", "minutes": 2}]}, "de 5 à 480"),
    "true is no number": ({"types": [{"code": "bref", "minutes": True}]}, "nombre entier"),
    "a text is no boolean": ({"types": [{**TYPE, "needs_room": "non"}]}, "true ou false"),
    "a null in a text": ({"types": [{**TYPE, "code": "a\x00b"}]}, "attend un texte"),
    "half a character": ('{"types": [{"code": "\\ud800", "minutes": 20}]}', "attend un texte"),
}
BAD_OPENINGS = {
    "end first": {"end": f"{MONDAY}T08:00"},
    "no end": {"end": None},
    "a date alone": {"start": MONDAY},
    "no such day": {"start": "2026-02-30T09:00"},
    "a far year": {"end": "9999-12-31T23:00"},
    "rule": {"rrule": "FREQ=HOURLY"},
    "unknown type": {"types": ["autre"]},
    "types is a text": {"types": "bref"},
    "room is a number": {"room": 3},
}


class TestBadFiles:
    @pytest.mark.parametrize("case", BAD)
    def test_is_refused_in_a_sentence(self, refusal, case):
        agenda, words = BAD[case]
        sentence = refusal(agenda)
        assert words in sentence
        assert sentence.endswith(".")

    @pytest.mark.parametrize("case", BAD_OPENINGS)
    def test_a_bad_opening_changes_nothing(self, refusal, load, week, case):
        load(week(appointments=[slot("10:00")]))
        agenda = week()
        agenda["agents"][0]["openings"][0].update(BAD_OPENINGS[case])
        assert refusal(agenda)
        assert Opening.objects.count() == 1
        assert Appointment.objects.get().state == "booked"

    def test_names_both_appointments_that_overlap(self, refusal, week):
        sentence = refusal(week(appointments=[slot("10:00"), slot("11:00"), slot("10:19")]))
        assert "appointments[0]" in sentence
        assert "appointments[2]" in sentence
        assert "se chevauchent" in sentence
        assert not User.objects.filter(username="nina").exists()

    def test_a_room_taken_by_two_agents_whatever_the_case(self, refusal, load, week, lyon_8):
        agents = [*week()["agents"], {"username": "omar", "maison": lyon_8.code}]
        first, second = slot("10:00", room="Salle A"), slot("10:00", agent="omar", room="SALLE a")
        assert "se chevauchent" in refusal(week(agents=agents, appointments=[first, second]))
        load(week(agents=agents, appointments=[first, {**second, "room": "Salle B"}]))

    def test_a_username_stands_once_at_a_maison(self, refusal, week):
        assert "deux fois" in refusal(week(agents=[*week()["agents"], *week()["agents"]]))

    def test_an_account_that_is_closed_is_nobody(self, refusal, week, chloe):
        User.objects.filter(pk=chloe.pk).update(is_active=False)
        assert "est fermé" in refusal(week(agents=[{"username": "chloe", "maison": chloe_home(chloe)}]))

    def test_a_missing_file_says_so(self, tmp_path):
        with pytest.raises(CommandError, match="ne peut pas être lu"):
            call_command("load_agenda", str(tmp_path / "rien.json"))

    def test_only_on_embedded_servers(self, settings, load):
        settings.EMBEDDED = False
        with pytest.raises(CommandError, match="embarqués"):
            load({})


def test_hundreds_of_appointments_load_in_seconds(load, week, lyon_8):
    names = [f"agent{number}" for number in range(20)]
    at = [f"{8 + number // 4:02}:{number % 4 * 15:02}" for number in range(40)]
    booked = [slot(start, agent=name, minutes=15) for name in names for start in at]
    began = time.monotonic()
    load(week(agents=[{"username": name, "maison": lyon_8.code} for name in names], appointments=booked))
    assert time.monotonic() - began < 8
    assert Appointment.objects.count() == Ticket.objects.count() == Person.objects.count() == 800
