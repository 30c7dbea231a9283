"""Who changes an agenda, what it meets, and that it can be undone."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError

from requests_app.maisons.opening import PARIS
from requests_app.slots import services
from requests_app.slots.errors import NotTheirAgenda
from requests_app.slots.meetings import appointments_met, overlapping
from requests_app.slots.models import Absence, Closure, Opening

MONDAY = date(2027, 3, 1)
NOW = datetime(2027, 2, 20, 9, tzinfo=PARIS)


def hours(day=MONDAY, start=time(9), end=time(12), **fields):
    return {"starts_on": day, "starts_at": start, "ends_on": day, "ends_at": end, **fields}


@pytest.fixture
def opening(chloe, lyon_8):
    """An opening of Chloé at Lyon 8e, not saved."""

    def make(**fields):
        return Opening(**{"agent": chloe, "maison": lyon_8, **hours(), **fields})

    return make


class TestRights:
    @pytest.mark.parametrize(
        ("who", "may"), [("chloe", True), ("david", True), ("bruno", False), ("elsa", False)]
    )
    def test_A02_the_agent_and_the_manager_of_the_place(self, request, opening, who, may):
        by = request.getfixturevalue(who)
        if may:
            services.open_times(opening=opening(), by=by)
        else:
            with pytest.raises(NotTheirAgenda):
                services.open_times(opening=opening(), by=by)
        assert Opening.objects.exists() == may

    def test_A02_nobody_opens_their_own_times_elsewhere(self, opening, chloe, villeurbanne):
        with pytest.raises(NotTheirAgenda):
            services.open_times(opening=opening(maison=villeurbanne), by=chloe)

    def test_A02_an_absence_is_the_agent_s_and_their_manager_s(self, chloe, david, elsa):
        services.note_absence(absence=Absence(agent=chloe, **hours()), by=david, at=NOW)
        with pytest.raises(NotTheirAgenda):
            services.note_absence(absence=Absence(agent=chloe, **hours()), by=elsa, at=NOW)

    def test_A02_only_a_manager_closes_a_maison(self, chloe, david, lyon_8):
        with pytest.raises(NotTheirAgenda):
            services.close_maison(closure=Closure(maison=lyon_8, **hours()), by=chloe, at=NOW)
        assert services.close_maison(closure=Closure(maison=lyon_8, **hours()), by=david, at=NOW) == []


class TestWhatItMeets:
    @pytest.mark.parametrize(
        ("fields", "meets"),
        [
            (hours(start=time(11), end=time(14)), True),
            (hours(start=time(12), end=time(14)), False),
            (hours(day=MONDAY + timedelta(days=1)), False),
            (hours(day=MONDAY - timedelta(days=21), rrule="FREQ=WEEKLY"), True),
            (hours(day=MONDAY - timedelta(days=21), rrule="FREQ=WEEKLY;COUNT=2"), False),
            (hours(day=MONDAY + timedelta(days=7), rrule="FREQ=DAILY"), False),
        ],
    )
    def test_an_opening_meets_another_of_the_agent(self, opening, villeurbanne, fields, meets):
        other = opening(maison=villeurbanne, **fields)
        other.save()
        assert overlapping(opening()) == ([other] if meets else [])

    def test_two_weeks_without_end_are_compared(self, opening):
        other = opening(rrule="FREQ=WEEKLY", **hours(day=MONDAY + timedelta(days=35)))
        other.save()
        assert overlapping(opening(rrule="FREQ=WEEKLY;INTERVAL=5")) == [other]

    def test_a_removed_one_is_not_met(self, opening, chloe):
        other = opening()
        other.save()
        services.remove(row=other, by=chloe, at=NOW)
        assert overlapping(opening()) == []

    def test_an_absence_names_the_appointments_it_meets(self, make_appointment, make_ticket, chloe):
        at = [datetime(2027, 3, day, 10, tzinfo=PARIS) for day in (1, 2, 8)]
        first, _tuesday, third = [
            make_appointment(ticket=make_ticket(), agent=chloe, starts_at=each) for each in at
        ]
        absence = Absence(agent=chloe, rrule="FREQ=WEEKLY", **hours())
        assert services.note_absence(absence=absence, by=chloe, at=NOW) == [first, third]
        assert appointments_met(absence, at=at[1]) == [third]

    def test_a_closure_announced_late_meets_those_of_the_place(
        self, make_appointment, make_ticket, david, chloe
    ):
        given = make_appointment(
            ticket=make_ticket(), agent=chloe, starts_at=datetime(2027, 3, 1, 11, 45, tzinfo=PARIS)
        )
        closure = Closure(maison_id=given.maison_id, **hours())
        assert services.close_maison(closure=closure, by=david, at=NOW) == [given]


class TestUndo:
    def test_removed_then_restored_once(self, opening, chloe):
        row = opening()
        services.open_times(opening=row, by=chloe)
        assert services.remove(row=row, by=chloe, at=NOW)
        assert not services.remove(row=row, by=chloe, at=NOW)
        assert not Opening.objects.standing().exists()
        assert services.restore(row=row, by=chloe, at=NOW)
        assert Opening.objects.standing().get() == row

    def test_what_is_refused_is_not_saved(self, opening, chloe):
        with pytest.raises(ValidationError):
            services.open_times(opening=opening(ends_at=time(8)), by=chloe)
        assert not Opening.objects.exists()
