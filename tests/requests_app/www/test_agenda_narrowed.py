"""The agenda by agent and by room, with what stands behind the appointments; nothing cut in silence."""

import re
from datetime import date, datetime, time, timedelta

import pytest
import time_machine

from requests_app.appointments import selectors
from requests_app.maisons.opening import PARIS
from requests_app.slots.models import Absence, Closure, Opening

NOW = datetime(2026, 11, 26, 10, 42, tzinfo=PARIS)  # a Thursday
TODAY = NOW.date()
AGENDA = "/agenda/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def book(make_appointment, make_ticket):
    def at(agent, hour, sender="Samira Kessler", *, day=TODAY, **fields):
        starts_at = datetime.combine(day, time(hour), PARIS)
        ticket = make_ticket(sender=sender, topic="rsa-demande")
        return make_appointment(ticket=ticket, agent=agent, starts_at=starts_at, **fields)

    return at


@pytest.fixture
def plan(lyon_8):
    """An opening on Thursdays, or what takes time today."""

    def on(model, first, last, **fields):
        hours = {"starts_on": TODAY, "starts_at": time(first), "ends_on": TODAY, "ends_at": time(last)}
        return model.objects.create(**hours, **fields)

    return on


def text(answer):
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode()).replace("\u00a0", " ").replace("&nbsp;", " ")
    return " ".join(plain.split())


def blocks(page):
    """What each column holds, in words, by its title."""
    columns = page.context["grid"].columns
    return {
        column.lane.title.replace("\u00a0", " "): [
            block.words or block.line.person for block in column.blocks
        ]
        for column in columns
    }


class TestBehind:
    def test_openings_and_absences_stand_behind(self, client_of, chloe, bruno, lyon_8, book, plan):
        book(chloe, 10)
        plan(Opening, 9, 12, agent=chloe, maison=lyon_8, rrule="FREQ=WEEKLY")
        plan(Opening, 14, 17, agent=bruno, maison=lyon_8)
        plan(Absence, 11, 12, agent=chloe, reason="Formation")
        page = client_of(chloe).get(AGENDA)
        found = blocks(page)
        assert found["Bruno Petit"] == ["Fermé de 12 h à 13 h 30", "Reçoit de 14 h à 17 h"]
        assert found["Chloé Martin"] == [
            "Reçoit de 9 h à 12 h",
            "Samira Kessler",
            "Absence de 11 h à 12 h",
            "Fermé de 12 h à 13 h 30",
        ]
        assert 'class="ag-open ag-s3 ag-l12"' in page.content.decode()
        assert "Formation" not in text(page)

    def test_a_closure_is_over_everybody(self, client_of, chloe, lyon_8, book, plan):
        book(chloe, 10)
        plan(Closure, 9, 11, maison=lyon_8, reason="Travaux")
        page = client_of(chloe).get(AGENDA)
        assert "Maison fermée" in blocks(page)["Chloé Martin"]
        assert "ouvert de 8 h 30 à 12 h" in text(page)
        assert "fermée exceptionnellement de 9 h à 11 h" in text(page)

    @pytest.mark.parametrize("view", ["", "&vue=semaine"])
    def test_a_day_that_is_closed_whole_says_no_hours(self, client_of, chloe, lyon_8, book, view):
        book(chloe, 10)
        Closure.objects.create(
            maison=lyon_8,
            starts_on=TODAY,
            starts_at=time(),
            ends_on=TODAY + timedelta(days=1),
            ends_at=time(),
        )
        page = text(client_of(chloe).get(f"{AGENDA}?jour={TODAY}{view}"))
        assert "fermée exceptionnellement toute la journée" in page
        assert "Jeudi 26 novembre ouvert" not in page
        assert "Latarjet, ouvert" not in page

    def test_an_absence_of_several_days_fills_the_grid(self, client_of, chloe, lyon_8, book):
        book(chloe, 10)
        days = {"starts_on": TODAY - timedelta(days=3), "ends_on": TODAY + timedelta(days=3)}
        Absence.objects.create(agent=chloe, starts_at=time(14), ends_at=time(9), **days)
        page = client_of(chloe).get(AGENDA).content.decode()
        assert 'class="ag-out ag-s1 ag-l34"' in page
        assert "Absence du lundi" in page

    def test_an_opening_before_dawn_and_at_night_is_clipped(self, client_of, chloe, lyon_8, plan):
        plan(Opening, 0, 23, agent=chloe, maison=lyon_8)
        grid = client_of(chloe).get(AGENDA).context["grid"]
        assert [
            (block.start, block.length) for block in grid.columns[0].blocks if block.css == "ag-open"
        ] == [(1, 54)]
        assert grid.hours[0].words == "7 h"

    def test_the_week_says_how_many_receive_and_who_is_away(self, client_of, chloe, bruno, lyon_8, plan):
        plan(Opening, 9, 12, agent=chloe, maison=lyon_8)
        plan(Opening, 9, 12, agent=bruno, maison=lyon_8)
        plan(Absence, 9, 10, agent=bruno)
        said = text(client_of(chloe).get(AGENDA, {"vue": "semaine"}))
        assert "2 agents reçoivent Absence : Bruno Petit" in said

    def test_A02_openings_of_another_maison_stay_there(self, client_of, chloe, villeurbanne, plan):
        plan(Opening, 9, 12, agent=chloe, maison=villeurbanne)
        assert "Reçoit" not in text(client_of(chloe).get(AGENDA)).replace("Ne reçoit pas", "")


class TestNarrowed:
    def test_one_agent(self, client_of, chloe, bruno, book):
        book(chloe, 10)
        book(bruno, 11, "Paul Okafor")
        page = client_of(chloe).get(AGENDA, {"agent": bruno.pk})
        assert list(blocks(page)) == ["Bruno Petit"]
        assert "Kessler" not in text(page)
        assert "1 rendez-vous , 1 attendue." in text(page)

    def test_the_week_of_an_agent_is_a_grid_of_days(self, client_of, chloe, lyon_8, book, plan):
        book(chloe, 10, day=date(2026, 11, 24))
        plan(Opening, 9, 12, agent=chloe, maison=lyon_8)
        page = client_of(chloe).get(AGENDA, {"agent": chloe.pk, "vue": "semaine"})
        found = blocks(page)
        assert len(found) == 6
        assert "Samira Kessler" in found["Mardi 24 novembre"]
        assert "Reçoit de 9 h à 12 h" in found["Jeudi 26 novembre"]
        assert "Chloé Martin, Lyon 8e – Latarjet" in text(page)

    def test_by_room_with_those_who_receive_there(self, client_of, chloe, bruno, lyon_8, book, plan):
        book(chloe, 10, room="Bureau 3")
        book(bruno, 11, "Paul Okafor")
        plan(Opening, 14, 17, agent=bruno, maison=lyon_8, room="bureau 3")
        plan(Absence, 16, 18, agent=bruno)
        found = blocks(client_of(chloe).get(AGENDA, {"par": "salle"}))
        assert list(found) == ["Bureau 3", "Sans bureau"]
        assert "Bruno Petit reçoit de 14 h à 17 h" in found["Bureau 3"]
        assert "Bruno Petit, absence de 16 h à 17 h" in found["Bureau 3"]
        assert "Paul Okafor" in found["Sans bureau"]

    def test_one_room_by_its_number(self, client_of, chloe, bruno, book):
        book(chloe, 10, room="Bureau d’accueil")
        book(bruno, 11, "Paul Okafor", room="Salle bleue")
        client = client_of(chloe)
        page = client.get(AGENDA, {"par": "salle"})
        number, name = next(each for each in page.context["agenda"].choices if each[1] == "Salle bleue")
        page = client.get(AGENDA, {"salle": number, "vue": "semaine"})
        assert "Okafor" in text(page)
        assert "Kessler" not in text(page)
        assert f'value="{number}" selected>{name}' in page.content.decode()

    def test_the_week_of_a_room_is_cut_by_the_absences_of_those_who_receive_there(
        self, client_of, chloe, bruno, lyon_8, book, plan
    ):
        book(chloe, 15, room="Bureau 3")
        plan(Opening, 9, 12, agent=bruno, maison=lyon_8, room="Bureau 3")
        plan(Opening, 14, 17, agent=bruno, maison=lyon_8)
        plan(Absence, 11, 17, agent=bruno)
        plan(Absence, 8, 18, agent=chloe)
        client = client_of(chloe)
        ((number, _name),) = client.get(AGENDA, {"par": "salle"}).context["agenda"].choices
        found = blocks(client.get(AGENDA, {"salle": number, "vue": "semaine"}))["Jeudi 26 novembre"]
        assert found == [
            "Bruno Petit reçoit de 9 h à 12 h",
            "Bruno Petit, absence de 11 h à 12 h",
            "Fermé de 12 h à 13 h 30",
            "Samira Kessler",
        ]

    def test_a_day_without_hours_is_grey_when_the_agent_has_some_that_week(
        self, client_of, chloe, lyon_8, book, plan
    ):
        plan(Opening, 9, 12, agent=chloe, maison=lyon_8)
        query = {"agent": chloe.pk, "vue": "semaine"}
        assert client_of(chloe).get(AGENDA, query).content.count(b'class="ag-planned"') == 6

    @pytest.mark.parametrize("query", [{"agent": 999_999}, {"salle": 12}])
    def test_whom_this_maison_does_not_know_shows_everybody(self, client_of, chloe, query):
        answer = client_of(chloe).get(AGENDA, {"jour": "2026-11-26", **query})
        assert (answer.status_code, "agent=" in answer.url, "salle=" in answer.url) == (302, False, False)

    def test_the_days_around_keep_the_agent_and_the_file_too(self, client_of, chloe, book):
        book(chloe, 10)
        page = client_of(chloe).get(AGENDA, {"agent": chloe.pk})
        assert page.context["next"]["url"] == f"{AGENDA}?jour=2026-11-27&agent={chloe.pk}"
        assert f"agenda/export/csv/?jour=2026-11-26&amp;agent={chloe.pk}" in page.content.decode()

    def test_the_file_of_a_room_holds_that_room(self, client_of, chloe, bruno, book):
        book(chloe, 10, room="Bureau 3")
        book(bruno, 11, "Paul Okafor", room="Salle bleue")
        client = client_of(chloe)
        choices = client.get(AGENDA, {"par": "salle"}).context["agenda"].choices
        number = next(number for number, name in choices if name == "Salle bleue")
        file = b"".join(client.get(f"{AGENDA}export/csv/", {"salle": number})).decode("utf-8-sig")
        assert "Okafor" in file
        assert "Kessler" not in file

    @pytest.mark.parametrize("query", [{"par": "salle"}, {"agent": 0}, {"agent": 0, "vue": "semaine"}])
    def test_costs_the_same_for_one_or_ten(
        self, client_of, chloe, lyon_8, book, plan, query, django_assert_max_num_queries
    ):
        client = client_of(chloe)
        query = {name: chloe.pk if name == "agent" else value for name, value in query.items()}
        book(chloe, 9, room="Bureau 0")
        client.get(AGENDA, query)
        with django_assert_max_num_queries(13) as one:
            client.get(AGENDA, query)
        for hour in range(10, 19):
            book(chloe, hour, room=f"Bureau {hour}")
            plan(Opening, hour, hour + 1, agent=chloe, maison=lyon_8)
            plan(Absence, hour, hour + 1, agent=chloe)
        with django_assert_max_num_queries(13) as ten:
            client.get(AGENDA, query)
        assert len(one) == len(ten)


class TestCut:
    @pytest.mark.parametrize("query", [{}, {"vue": "semaine"}, {"par": "salle"}])
    def test_says_how_many_are_left_out(self, client_of, chloe, book, query, monkeypatch):
        monkeypatch.setattr(selectors, "MAX_SHOWN", 2)
        for hour in (9, 10, 11):
            book(chloe, hour)
        said = text(client_of(chloe).get(AGENDA, query))
        assert "3 rendez-vous" in said
        assert "Les 2 premiers rendez-vous sur 3. Choisissez un agent, un bureau ou un jour" in said

    def test_says_nothing_when_all_are_there(self, client_of, chloe, book, monkeypatch):
        monkeypatch.setattr(selectors, "MAX_SHOWN", 2)
        for hour in (9, 10):
            book(chloe, hour)
        assert "premiers rendez-vous" not in text(client_of(chloe).get(AGENDA))
