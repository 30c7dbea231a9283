"""`manage slots`: what the database holds, listed as the slow and obvious computation does."""

import json
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings

from requests_app.appointments.models import AppointmentType, Hold
from requests_app.slots.computing.wall_clock import day_of, to_instant
from requests_app.slots.models import Absence, Closure, Opening
from requests_app.slots.selectors import HORIZON, Wanted, find_slots, find_third, iterate_back, next_free
from tests import factories
from tests.requests_app.slots import brute
from tests.requests_app.slots.worlds import as_brute, worlds

pytestmark = pytest.mark.django_db
AT = datetime(2026, 12, 1, 8, tzinfo=UTC)
MONDAY = date(2026, 12, 7)


def run(*arguments):
    out = StringIO()
    call_command("slots", *arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def hours(row):
    start, end = row["start"], row["end"]
    times = {
        "starts_on": start.date(),
        "starts_at": start.time(),
        "ends_on": end.date(),
        "ends_at": end.time(),
    }
    return times | ({"rrule": row["rrule"]} if row.get("rrule") else {})


@pytest.fixture
def type_a(db):
    words = {"label": "A", "public_label": "Rendez-vous"}
    return AppointmentType.objects.create(code="A", minutes=30, **words)


@pytest.fixture
def opening(chloe, lyon_8):
    """Mondays of Chloé from nine to ten, unless told otherwise."""

    def make(**fields):
        times = {"starts_on": MONDAY, "starts_at": time(9), "ends_on": MONDAY, "ends_at": time(10)}
        return Opening.objects.create(**{"agent": chloe, "maison": lyon_8, **times, **fields})

    return make


@pytest.fixture
def places(lyon_8, villeurbanne):
    return {each.code: each for each in (lyon_8, villeurbanne)}


class TestCommand:
    def test_lists_every_start_with_the_offset_of_paris(self, opening, type_a):
        opening(rrule="FREQ=WEEKLY;COUNT=2")
        found = run("--type", "A", "--from", "2026-12-07", "--to", "2026-12-31", "--at", AT.isoformat())
        assert len(found) == 14
        assert found[0] == {
            "maison": "P84",
            "agent": "chloe",
            "start": "2026-12-07T09:00:00+01:00",
            "end": "2026-12-07T09:30:00+01:00",
        }

    def test_the_third_is_taken_in_turn(self, opening, type_a):
        opening(rrule="FREQ=WEEKLY;COUNT=20")
        found = run(
            "--type", "A", "--from", "2026-12-07", "--to", "2027-02-28", "--at", AT.isoformat(), "--third"
        )
        assert [each["start"] for each in found] == ["2026-12-14T09:00:00+01:00"]

    def test_nothing_is_an_empty_list(self, opening, type_a):
        assert run("--type", "A", "--from", "2026-12-07", "--to", "2026-12-07") == []

    @pytest.mark.parametrize(
        "arguments",
        [
            ["--type", "Z"],
            ["--type", "A", "--maison", "nulle-part"],
            ["--type", "A", "--agent", "personne"],
            ["--type", "A", "--from", "2026-13-01"],
            ["--type", "A", "--from", "20261207"],
            ["--type", "A", "--to", "9999-12-31"],
            ["--type", "A", "--at", "demain"],
        ],
    )
    def test_what_is_unknown_is_refused(self, type_a, arguments):
        asked = {"--from": "2026-12-07", "--to": "2026-12-08"}
        asked |= dict(zip(arguments[::2], arguments[1::2], strict=True))
        with pytest.raises(CommandError) as caught:
            run(*(word for pair in asked.items() for word in pair))
        assert caught.value.returncode in (1, 2)  # argparse itself ends a real process with 2

    def test_narrows_to_a_maison_and_an_agent(self, opening, type_a, elsa, villeurbanne):
        opening()
        opening(agent=elsa, maison=villeurbanne, starts_at=time(8), ends_at=time(8, 30))
        asked = ["--type", "A", "--from", "2026-12-07", "--to", "2026-12-07", "--at", AT.isoformat()]
        assert {each["agent"] for each in run(*asked)} == {"chloe", "elsa"}
        assert {each["agent"] for each in run(*asked, "--maison", "P108")} == {"elsa"}
        assert {each["maison"] for each in run(*asked, "--agent", "Chloe")} == {"P84"}


def store(world, people, places, ticket):
    """Put a random agenda into the database; what it refuses (two at once) leaves the world too."""
    for model in (Hold, Opening, Absence, Closure):
        model.objects.all().delete()
    factories.Appointment.objects.update(state="cancelled_service", reason="essai")
    types = {}
    for code, facts in world["types"].items():
        words = {"label": code, "public_label": "Rendez-vous"}
        types[code] = AppointmentType.objects.update_or_create(code=code, defaults=facts | words)[0]
    for row in world["openings"]:
        owner = {"agent": people[row["agent"]], "maison": places[row["maison"]], "room": row["room"]}
        saved = Opening.objects.create(**owner, **hours(row))
        saved.types.set([types[code] for code in row["types"]])
    for row in world["absences"]:
        Absence.objects.create(agent=people[row["agent"]], **hours(row))
    for row in world["closures"]:
        row["rrule"] = ""
        Closure.objects.create(maison=places[row["maison"]], **hours(row))
    world["appointments"] = without_overlaps(world["appointments"])
    for row in world["appointments"]:
        factories.appointment(ticket=ticket, **booked(row, types, people, places))
    for row in world["holds"]:
        times = {"expires_at": row["expires"], "changed_at": world["at"], "blocks": False}
        Hold.objects.create(**booked(row, types, people, places), **times)
    return types


def booked(row, types, people, places):
    start = to_instant(row["start"])
    return {
        "agent": people[row["agent"]],
        "maison_id": places[row["maison"]].pk,  # by id: the factory gives the ticket’s as one
        "room": row["room"],
        "type": types[row["type"]],
        "starts_at": start,
        "ends_at": start + timedelta(minutes=row["minutes"]),
    }


def without_overlaps(rows):
    kept: list[dict] = []
    for row in rows:
        if all(abs(row["start"] - other["start"]) > timedelta(minutes=90) for other in kept):
            kept.append(row)
    return kept


class TestDatabase:
    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
    @given(world=worlds())
    def test_gives_what_the_slow_computation_gives(self, world, chloe, bruno, places, make_ticket):
        types = store(world, {"chloe": chloe, "bruno": bruno}, places, make_ticket())
        asked = {name: world[name] for name in ("first", "last", "at")}
        for code, type in types.items():
            wanted = Wanted(type=type, **asked)
            expected = brute.slots(world, type=code, **asked)
            assert as_brute(find_slots(wanted)) == expected
            third = find_third(wanted)
            assert (as_brute([third])[0] if third else None) == brute.third(expected, world["types"][code])

    def test_costs_the_same_for_one_agent_as_for_two_at_two_maisons(
        self, opening, type_a, elsa, villeurbanne, django_assert_num_queries
    ):
        opening()
        wanted = Wanted(type=type_a, first=MONDAY, last=MONDAY, at=AT)
        with django_assert_num_queries(4):
            assert len(list(find_slots(wanted))) == 7
        opening(agent=elsa, maison=villeurbanne, room="b1")
        with django_assert_num_queries(4):
            assert len(list(find_slots(wanted))) == 14


class TestNextFree:
    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
    @given(world=worlds())
    def test_is_the_first_of_the_whole_list(self, world, chloe, bruno, places, make_ticket):
        types = store(world, {"chloe": chloe, "bruno": bruno}, places, make_ticket())
        today = day_of(world["at"])
        for type in types.values():
            whole = list(find_slots(Wanted(type, today, today + HORIZON, world["at"])))
            first = {slot.maison: slot for slot in reversed(whole)}
            assert next_free(type=type, maisons=None, at=world["at"]) == first

    @settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
    @given(world=worlds())
    def test_backwards_is_the_same_list(self, world, chloe, bruno, places, make_ticket):
        types = store(world, {"chloe": chloe, "bruno": bruno}, places, make_ticket())
        for type in types.values():
            wanted = Wanted(type, world["first"], world["last"], world["at"])
            assert list(iterate_back(wanted)) == list(find_slots(wanted))[::-1]

    def test_is_the_first_of_each_maison_however_far(self, opening, type_a, elsa, villeurbanne):
        opening()
        far = {"starts_on": date(2027, 2, 15), "ends_on": date(2027, 2, 15)}
        opening(agent=elsa, maison=villeurbanne, **far)
        found = next_free(type=type_a, maisons=None, at=AT)
        assert {code: slot.start.date() for code, slot in found.items()} == {
            "P84": MONDAY,
            "P108": date(2027, 2, 15),
        }

    def test_leaves_out_a_maison_without_any(self, opening, type_a, chloe):
        opening()
        Absence.objects.create(
            agent=chloe, starts_on=MONDAY, starts_at=time(0), ends_on=MONDAY, ends_at=time(23)
        )
        assert next_free(type=type_a, maisons=["P84"], at=AT) == {}

    def test_an_agent_who_left_is_not_offered(self, opening, type_a, chloe):
        opening()
        chloe.is_active = False
        chloe.save()
        assert next_free(type=type_a, maisons=None, at=AT) == {}
