"""The free slots that a program reads: those of `manage slots`, at the Maisons of its key, page by page."""

import json
from datetime import time, timedelta
from io import StringIO
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from requests_app.api_keys.scopes import SCOPES
from requests_app.appointments.models import AppointmentType
from requests_app.lib.workdays import is_holiday
from requests_app.slots.models import Opening

pytestmark = pytest.mark.django_db
HOUR = {"starts_at": time(9), "ends_at": time(10)}


def weeks_from(day):
    return [day + timedelta(7 * each) for each in range(3)]


@pytest.fixture
def monday():
    """A Monday ahead of three that are no public holidays."""
    days = (timezone.localdate() + timedelta(each) for each in range(1, 90))
    return next(day for day in days if day.weekday() == 0 and not any(map(is_holiday, weeks_from(day))))


@pytest.fixture
def kind(db):
    words = {"label": "Suivi", "public_label": "Rendez-vous"}
    return AppointmentType.objects.create(code="suivi", minutes=30, **words)


@pytest.fixture
def openings(monday, kind, chloe, elsa, lyon_8, villeurbanne):
    """Mondays of Chloé from nine to ten at Lyon 8e, of Elsa at Villeurbanne."""
    days = {"starts_on": monday, "ends_on": monday, "rrule": "FREQ=WEEKLY;COUNT=3"}
    Opening.objects.create(agent=chloe, maison=lyon_8, **days, **HOUR)
    Opening.objects.create(agent=elsa, maison=villeurbanne, **days, **HOUR)


@pytest.fixture
def ask(kind, monday):
    def ask(program, **query):
        asked = {"type": kind.code, "from": monday.isoformat(), "to": f"{monday + timedelta(20)}"}
        return program.get("slots/", **{name: value for name, value in (asked | query).items() if value})

    return ask


def listed(kind, monday, *more):
    out = StringIO()
    days = ["--from", f"{monday}", "--to", f"{monday + timedelta(20)}"]
    call_command("slots", "--type", kind.code, *days, *more, "--json", stdout=out)
    return json.loads(out.getvalue())


def walk(program, answer, way):
    """Every page from one on, in the order walked."""
    pages = [answer["results"]]
    while address := answer[way]:
        answer = program.client.get(address, headers=program.headers).json()
        pages.append(answer["results"])
    return pages


class TestReading:
    def test_gives_what_the_command_gives(self, program, openings, ask, kind, monday):
        shown = ask(program("slots:read")).json()
        assert shown["results"] == listed(kind, monday)
        assert len(shown["results"]) == 2 * 3 * 7
        assert (shown["next"], shown["previous"]) == (None, None)

    def test_narrows_to_a_maison(self, program, openings, ask, kind, monday):
        shown = ask(program("slots:read"), maison="P108").json()["results"]
        assert shown == listed(kind, monday, "--maison", "P108")
        assert {each["agent"] for each in shown} == {"elsa"}

    def test_without_days_begins_today_and_ends_three_months_later(self, program, openings, ask, kind, chloe):
        shown = ask(program("slots:read"), **{"from": "", "to": ""}).json()["results"]
        assert len(shown) == 2 * 3 * 7

    def test_A01_a_key_reads_the_slots_of_its_maisons(self, program, openings, ask, lyon_8):
        ours = program("slots:read", maisons=[lyon_8])
        assert {each["maison"] for each in ask(ours).json()["results"]} == {"P84"}
        refused = ask(ours, maison="P108")
        assert (refused.status_code, refused.json()["errors"][0]["parameter"]) == (400, "maison")

    def test_what_was_read_again_without_change_is_a_304(self, program, openings, ask, chloe):
        ours = program("slots:read")
        tag = ask(ours).headers["ETag"]
        again = {**ours.headers, "If-None-Match": tag}
        url = ask(ours).request
        address = f"{url['PATH_INFO']}?{url['QUERY_STRING']}"
        assert ours.client.get(address, headers=again).status_code == 304
        Opening.objects.filter(agent=chloe).delete()
        assert ours.client.get(address, headers=again).status_code == 200

    def test_costs_the_same_for_one_agent_as_for_two(self, program, openings, ask):
        ours = program("slots:read")
        ask(ours)
        with CaptureQueriesContext(connection) as both:
            ask(ours)
        Opening.objects.filter(agent__username="elsa").delete()
        with CaptureQueriesContext(connection) as one:
            ask(ours)
        assert len(one) == len(both)


class TestPages:
    def test_forwards_and_back_they_are_the_whole_list(self, program, openings, ask, kind, monday):
        ours, whole = program("slots:read"), listed(kind, monday)
        first = ask(ours, page_size="5").json()
        there = walk(ours, first, "next")
        assert [each for page in there for each in page] == whole
        assert {len(page) for page in there[:-1]} == {5}
        last = ask(ours, page_size="5", cursor=cursor_of(ours, first)).json()
        back = walk(ours, last, "previous")
        assert [each for page in reversed(back) for each in page] == whole

    @pytest.mark.parametrize("cursor", ["bjE", "n", "é", "bnguYQpiCmM", "bjIwMjctMDEtMDFUMDA6MDA6MDAKYQpi"])
    def test_another_cursor_is_refused(self, program, openings, ask, cursor):
        refused = ask(program("slots:read"), cursor=cursor)
        assert (refused.status_code, refused.json()["errors"][0]["parameter"]) == (400, "cursor")


def cursor_of(ours, page):
    """The cursor of the last page."""
    address = ""
    while page["next"]:
        address = page["next"]
        page = ours.client.get(address, headers=ours.headers).json()
    return parse_qs(urlsplit(address).query)["cursor"][0]


class TestRefusals:
    @pytest.mark.parametrize(
        ("query", "parameter"),
        [
            ({"type": ""}, "type"),
            ({"type": "rien"}, "type"),
            ({"maison": "rien"}, "maison"),
            ({"from": "demain"}, "from"),
            ({"from": "2026-13-01"}, "from"),
            ({"from": "2026-12-07T09:00:00Z"}, "from"),
            ({"from": "1999-12-31"}, "from"),
            ({"from": "9999-12-31", "to": ""}, "from"),
            ({"to": "2000-01-01"}, "to"),
            ({"to": "9999-12-31"}, "to"),
            ({"agent": "chloe"}, "agent"),
            ({"page_size": "101"}, "page_size"),
        ],
    )
    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_names_what_is_wrong(self, program, openings, ask, query, parameter, language):
        ours = program("slots:read")
        ours.headers["Accept-Language"] = language
        refused = ask(ours, **query)
        assert (refused.status_code, refused.json()["errors"][0]["parameter"]) == (400, parameter)

    def test_a_type_no_longer_offered_is_one_that_does_not_exist(self, program, openings, ask, kind):
        kind.is_active = False
        kind.save()
        assert ask(program("slots:read")).json()["errors"][0]["parameter"] == "type"

    def test_another_scope_does_not_read(self, program, openings, ask):
        others = [scope for scope in SCOPES if not scope.startswith("slots:")]
        assert ask(program(*others)).json()["scope"] == "slots:read"
