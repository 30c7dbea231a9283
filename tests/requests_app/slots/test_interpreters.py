"""An appointment that needs an interpreter takes one, as it takes an agent and a room."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.appointments import services as appointments
from requests_app.appointments.errors import SlotTaken
from requests_app.appointments.models import Appointment, AppointmentType, BusyTime, Interpreter
from requests_app.maisons.opening import PARIS
from requests_app.people.models import AccessNeed
from requests_app.slots.computing.intervals import Interval, intersect, join
from requests_app.slots.errors import SlotGone
from requests_app.slots.interpreting import interpretation_for
from requests_app.slots.models import InterpreterTime, Opening
from requests_app.slots.offering import next_days, other_places
from requests_app.slots.services import Choice, book_choice, hold_choice, move_choice
from requests_app.tickets.models import ToDo
from tests.factories import person, ticket

NOW = datetime(2027, 2, 20, 9, tzinfo=PARIS)
MONDAY = date(2027, 3, 1)
NINE = datetime(2027, 3, 1, 9, tzinfo=PARIS)
MINUTE = timedelta(minutes=1)
HOURS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=8)


def joined(spans):
    origin = datetime(2027, 1, 1, tzinfo=UTC)
    return join(Interval(origin + start * MINUTE, origin + (start + n) * MINUTE) for start, n in spans)


def minutes_of(intervals):
    return {each.start + n * MINUTE for each in intervals for n in range((each.end - each.start) // MINUTE)}


class TestIntersect:
    @given(HOURS, HOURS)
    def test_it_is_the_minutes_of_both(self, one, other):
        one, other = joined(one), joined(other)
        both = list(intersect(one, other))
        assert minutes_of(both) == minutes_of(one) & minutes_of(other)
        assert both == sorted(both)


@pytest.fixture
def kind(db):
    return AppointmentType.objects.create(code="quarante", label="Q", public_label="Q", minutes=40)


def open_at(agent, maison, *, start=time(9), end=time(12)):
    return Opening.objects.create(
        agent=agent, maison=maison, starts_on=MONDAY, starts_at=start, ends_on=MONDAY, ends_at=end
    )


@pytest.fixture
def speaker(db):
    """Somebody who interprets Tigrinya that Monday from nine to eleven."""

    def make(name="Selam Haile", languages=("tigrinya",), *, start=time(9), end=time(11), maisons=()):
        made = Interpreter.objects.create(name=name, languages=list(languages))
        made.maisons.set(maisons)
        InterpreterTime.objects.create(
            interpreter=made, starts_on=MONDAY, starts_at=start, ends_on=MONDAY, ends_at=end
        )
        return made

    return make


def who_needs(language, *, kind=AccessNeed.Kind.INTERPRETER, name="Tesfay"):
    made = person(family_name=name)
    AccessNeed.objects.create(person=made, kind=kind, detail=language, said_at=NOW)
    return made


def choice_for(someone, kind, maison, starts_at=NINE):
    return Choice(kind, maison, starts_at, interpretation=interpretation_for(someone))


@pytest.mark.django_db
class TestWhoSpeaks:
    def test_a_language_among_the_words_said(self, speaker):
        arabic = speaker("Nour", ["Arabe", "berbère"])
        speaker("Ana", ["portugais"])
        found = interpretation_for(who_needs("arabe du Maghreb"))
        assert (found.language, found.interpreters) == ("arabe du Maghreb", {arabic.pk})

    def test_sign_language_needs_no_word(self, speaker):
        signs = speaker("Paul", ["langue des signes"])
        found = interpretation_for(who_needs("", kind=AccessNeed.Kind.SIGN_LANGUAGE))
        assert found.interpreters == {signs.pk}

    def test_a_retired_one_speaks_no_more(self, speaker):
        retired = speaker()
        retired.is_active = False
        retired.save()
        assert interpretation_for(who_needs("tigrinya")).interpreters == frozenset()

    def test_a_language_not_said_is_nobody_s(self, speaker):
        speaker()
        assert interpretation_for(who_needs("")).interpreters == frozenset()

    def test_who_needs_none_needs_none(self, amina):
        assert interpretation_for(amina) is None


@pytest.mark.django_db
class TestOffered:
    def test_hours_of_both_and_longer(self, kind, lyon_8, chloe, speaker):
        open_at(chloe, lyon_8, start=time(10))
        speaker()
        [day] = next_days(kind, lyon_8, interpretation=interpretation_for(who_needs("tigrinya")), at=NOW)
        assert [(slot.start, slot.end) for slot in day.slots] == [(NINE + 60 * MINUTE, NINE + 120 * MINUTE)]

    def test_without_anybody_on_record_the_hours_of_the_agent(self, kind, lyon_8, chloe):
        open_at(chloe, lyon_8)
        [day] = next_days(kind, lyon_8, interpretation=interpretation_for(who_needs("tigrinya")), at=NOW)
        assert [slot.start for slot in day.slots] == [NINE + n * 60 * MINUTE for n in range(3)]

    def test_absences_of_the_interpreter_are_cut(self, kind, lyon_8, chloe, speaker):
        open_at(chloe, lyon_8)
        away = speaker(end=time(12))
        InterpreterTime.objects.create(
            interpreter=away,
            starts_on=MONDAY,
            starts_at=time(9, 30),
            ends_on=MONDAY,
            ends_at=time(10, 50),
            is_away=True,
        )
        [day] = next_days(kind, lyon_8, interpretation=interpretation_for(who_needs("tigrinya")), at=NOW)
        assert [slot.start for slot in day.slots] == [NINE + 110 * MINUTE]

    def test_only_where_they_come(self, kind, lyon_8, villeurbanne, chloe, elsa, speaker):
        open_at(chloe, lyon_8)
        open_at(elsa, villeurbanne)
        speaker(maisons=[villeurbanne])
        needed = interpretation_for(who_needs("tigrinya"))
        assert next_days(kind, lyon_8, interpretation=needed, at=NOW) == []
        [(place, slot)] = other_places(kind, lyon_8, interpretation=needed, at=NOW)
        assert (place, slot.start) == (villeurbanne, NINE)

    def test_the_same_statements_for_three_as_for_one(
        self, kind, lyon_8, chloe, speaker, django_assert_num_queries
    ):
        open_at(chloe, lyon_8)
        speaker()
        needed = who_needs("tigrinya")
        with django_assert_num_queries(13):
            next_days(kind, lyon_8, interpretation=interpretation_for(needed), at=NOW)
        speaker("Yonas", start=time(10))
        speaker("Almaz", start=time(11), end=time(12))
        with django_assert_num_queries(13):
            next_days(kind, lyon_8, interpretation=interpretation_for(needed), at=NOW)


@pytest.mark.django_db
class TestTaken:
    @pytest.fixture
    def two_agents(self, lyon_8, chloe, david):
        open_at(chloe, lyon_8)
        open_at(david, lyon_8)

    def test_one_interpreter_is_not_at_two_appointments(self, kind, lyon_8, two_agents, speaker):
        selam = speaker()
        first, second = who_needs("tigrinya"), who_needs("tigrinya", name="Gebre")
        given = book_choice(choice=choice_for(first, kind, lyon_8), ticket=ticket(person=first), at=NOW)
        assert given.interpreter == selam
        assert BusyTime.objects.filter(resource=f"interpreter:{selam.pk}").count() == 1
        with pytest.raises(SlotGone):
            hold_choice(choice=choice_for(second, kind, lyon_8), ticket=ticket(person=second), at=NOW)

    def test_the_database_refuses_what_no_one_checked(self, kind, lyon_8, two_agents, chloe, david, speaker):
        selam = speaker()
        wish = {"type": kind, "maison": lyon_8, "starts_at": NINE, "is_offered": True, "interpreter": selam}
        appointments.book(ticket=ticket(), wish=appointments.Wish(agent=chloe, **wish), by=None, at=NOW)
        with pytest.raises(SlotTaken, match="Selam Haile a déjà un rendez-vous"):
            appointments.book(ticket=ticket(), wish=appointments.Wish(agent=david, **wish), by=None, at=NOW)

    def test_a_hold_keeps_them_and_gives_them_back(self, kind, lyon_8, two_agents, speaker):
        speaker()
        first, second = who_needs("tigrinya"), who_needs("tigrinya", name="Gebre")
        mine = ticket(person=second)
        hold_choice(choice=choice_for(first, kind, lyon_8), ticket=ticket(person=first), at=NOW)
        with pytest.raises(SlotGone):
            hold_choice(choice=choice_for(second, kind, lyon_8), ticket=mine, at=NOW)
        later = NOW + timedelta(minutes=11)
        assert book_choice(choice=choice_for(second, kind, lyon_8), ticket=mine, at=later).interpreter

    def test_moved_and_undone_the_interpreter_follows(self, kind, lyon_8, two_agents, chloe, speaker):
        selam, yonas = speaker(end=time(10)), speaker("Yonas", start=time(10))
        first = who_needs("tigrinya")
        given = book_choice(choice=choice_for(first, kind, lyon_8), ticket=ticket(person=first), at=NOW)
        later = choice_for(first, kind, lyon_8, NINE + 60 * MINUTE)
        moved = move_choice(appointment=given, choice=later, at=NOW)
        assert moved.interpreter == yonas
        appointments.undo(appointment=moved, by=chloe, at=NOW)
        assert Appointment.objects.get().interpreter == selam
        assert [row.resource for row in BusyTime.objects.filter(resource__startswith="interpreter")] == [
            f"interpreter:{selam.pk}"
        ]


@pytest.mark.django_db
class TestTask:
    def test_nobody_on_record_is_a_task_until_the_date_goes(self, kind, lyon_8, chloe):
        open_at(chloe, lyon_8)
        first = who_needs("tigrinya")
        given = book_choice(choice=choice_for(first, kind, lyon_8), ticket=ticket(person=first), at=NOW)
        [task] = ToDo.objects.to_do().filter(kind=ToDo.Kind.APPOINTMENT)
        assert "trouver un interprète (tigrinya)" in task.text
        appointments.call_off(appointment=given, reason="Fermé", by=chloe, at=NOW)
        assert not ToDo.objects.to_do().filter(kind=ToDo.Kind.APPOINTMENT, key=task.key).exists()

    def test_an_interpreter_found_leaves_nothing_to_do(self, kind, lyon_8, chloe, speaker):
        open_at(chloe, lyon_8)
        speaker()
        first = who_needs("tigrinya")
        book_choice(choice=choice_for(first, kind, lyon_8), ticket=ticket(person=first), at=NOW)
        assert not ToDo.objects.to_do().filter(key__startswith="interpreter:").exists()

    def test_a_date_typed_by_hand_forgets_no_need(self, kind, lyon_8, chloe, speaker):
        speaker()
        first = who_needs("tigrinya")
        wish = appointments.Wish(kind, lyon_8, chloe, NINE, outside_reason="Plus tôt")
        appointments.book(ticket=ticket(person=first), wish=wish, by=chloe, at=NOW)
        assert ToDo.objects.to_do().filter(key__startswith="interpreter:").exists()
