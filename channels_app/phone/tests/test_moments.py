"""A call is promised when somebody is there to make it, in one gesture."""

from datetime import datetime

import pytest
import time_machine
from django.core.signing import Signer

from channels_app.phone.moments import presets, why_closed
from requests_app.maisons.models import Maison
from requests_app.people.models import AccessNeed
from requests_app.tickets.deadlines import PARIS
from requests_app.tickets.models import ToDo

HOURS = "Mo-Fr 08:30-12:00,13:30-17:00"
MONDAY = datetime(2026, 11, 30, 10, 0, tzinfo=PARIS)
FRIDAY_EVENING = datetime(2026, 12, 4, 16, 45, tzinfo=PARIS)


def words_of(found):
    return [words.replace("\u00a0", " ") for _value, words in found]


class TestPresets:
    def test_are_the_ends_of_the_next_openings(self):
        assert words_of(presets(Maison(opening_hours=HOURS), MONDAY)) == [
            "Aujourd’hui avant 12 h",
            "Aujourd’hui avant 17 h",
            "Demain avant 12 h",
            "Demain avant 17 h",
        ]

    @time_machine.travel(FRIDAY_EVENING)  # another year would be said
    def test_jump_over_the_week_end_and_what_ends_too_soon(self):
        found = presets(Maison(opening_hours=HOURS), FRIDAY_EVENING)
        assert words_of(found)[0] == "Lundi 7 décembre avant 12 h"

    @pytest.mark.parametrize(
        "place", [None, Maison(opening_hours=""), Maison(opening_hours=HOURS, public_access="no")]
    )
    def test_are_the_usual_ones_where_nobody_knows_the_hours(self, place):
        assert words_of(presets(place, MONDAY))[0] == "Aujourd’hui avant 12 h"


class TestOpening:
    @pytest.mark.parametrize(
        ("day", "hour", "minute", "is_open"),
        [
            (30, 12, 0, True),
            (30, 8, 30, False),
            (30, 13, 0, False),
            (30, 18, 30, False),
            (29, 10, 0, False),
            (30, 17, 0, True),
        ],
    )
    def test_somebody_must_be_there_just_before(self, day, hour, minute, is_open):
        at = datetime(2026, 11, day, hour, minute, tzinfo=PARIS)
        assert (why_closed(Maison(opening_hours=HOURS), at) == "") is is_open

    def test_a_place_that_receives_nobody_calls_all_the_same(self):
        place = Maison(opening_hours=HOURS, public_access=Maison.PublicAccess.NO)
        assert why_closed(place, MONDAY.replace(hour=19)) == ""

    def test_a_holiday_is_closed(self):
        assert why_closed(Maison(opening_hours=HOURS), datetime(2026, 12, 25, 10, 0, tzinfo=PARIS))

    def test_says_the_hours(self):
        said = why_closed(Maison(opening_hours=HOURS), MONDAY.replace(hour=19))
        assert said.startswith("Personne n’appelle à cette heure. Horaires : ")


class TestForm:
    @pytest.fixture(autouse=True)
    def monday(self, lyon_8):
        Maison.objects.filter(pk=lyon_8.pk).update(opening_hours=HOURS)
        with time_machine.travel(MONDAY, tick=False):
            yield

    def test_a_moment_offered_is_taken_by_one_gesture(self, call):
        answer = call(suite="rappel", rappel_quand="2026-12-01T12:00", telephone="06 39 98 76 54")
        assert answer.status_code == 302
        assert ToDo.objects.get().due_at == datetime(2026, 12, 1, 12, 0, tzinfo=PARIS)

    def test_a_moment_that_was_not_offered_is_refused(self, call):
        answer = call(suite="rappel", rappel_quand="2026-12-01T03:00", telephone="06 39 98 76 54")
        assert answer.status_code == 422
        assert "choisissez de nouveau" in answer.content.decode()

    @pytest.mark.parametrize("day", ["2026-12-05", "2026-12-01"])
    def test_not_outside_the_hours(self, call, day):
        answer = call(suite="rappel", rappel_le=day, rappel_a="19:00", telephone="06 39 98 76 54")
        assert answer.status_code == 422
        assert "Personne n’appelle à cette heure." in answer.content.decode()
        assert not ToDo.objects.exists()

    def test_not_without_a_number(self, call):
        answer = call(suite="rappel", rappel_quand="2026-12-01T12:00")
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "Écrivez le numéro à rappeler." in page
        assert '<details id="precisions" open>' in page
        assert not ToDo.objects.exists()

    def test_the_number_of_the_person_is_enough(self, call, amina, bruno):
        token = Signer(salt=f"frontdesk.person.{bruno.pk}").sign(str(amina.pk))  # as the list gives it
        answer = call(suite="rappel", rappel_quand="2026-12-01T12:00", qui="Amina Benali", personne=token)
        assert answer.status_code == 302
        assert ToDo.objects.get().ticket.person == amina


def test_the_list_says_when_the_person_can_be_called(client_of, bruno, amina, make_ticket, make_touchpoint):
    now = datetime.now(tz=PARIS)
    AccessNeed.objects.create(person=amina, kind="call_hours", detail="après 18\u00a0h", said_at=now)
    promised = {"kind": "call", "text": "Rappel promis.", "key": "k", "created_at": now, "due_at": now}
    ToDo.objects.create(ticket=make_ticket(person=amina), **promised)
    page = client_of(bruno).get("/rappels-promis/").content.decode().replace("\u00a0", " ")
    assert "À joindre après 18 h" in page
