from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from requests_app.access.scope import scope_of
from requests_app.people.models import Person
from requests_app.tickets.deadlines import PARIS
from requests_app.tickets.errors import Refused
from requests_app.visits import services
from requests_app.visits.models import Visit
from requests_app.visits.selectors import expected_persons, queue_of

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=PARIS)


@pytest.fixture
def arrive(make_ticket, make_touchpoint, lyon_8):
    def come(minutes=0, **fields):
        touchpoint = make_touchpoint(make_ticket(text=None, **fields), at=NOON)
        return services.arrive(
            touchpoint=touchpoint, maison_id=lyon_8.pk, at=NOON + timedelta(minutes=minutes)
        )

    return come


@pytest.fixture
def look(bruno, lyon_8):
    def queue(minutes=0, user=bruno):
        at = NOON + timedelta(minutes=minutes)
        return queue_of(maison_id=lyon_8.pk, scope=scope_of(user), at=at)

    return queue


class TestQueue:
    def test_lists_by_number_with_the_wait(self, arrive, look):
        arrive(0, topic="rsa-demande")
        arrive(20)
        lines = look(31).waiting

        assert [(line.number, line.topic, line.level) for line in lines] == [
            ("A01", "Demande de RSA", "late"),
            ("A02", "Ma demande", "soon"),
        ]

    def test_counts_the_wait_until_the_call(self, arrive, look, bruno):
        services.call(visit=arrive(0), by=bruno, at=NOON + timedelta(minutes=4))
        arrive(0)

        assert look(10).mean_wait == timedelta(minutes=7)

    def test_A03_hides_a_sensitive_topic_from_who_may_not_read_it(self, arrive, look, bruno, chloe):
        arrive(topic="enfance-danger")

        assert look(user=bruno).waiting[0].topic == "Motif réservé"
        assert look(user=chloe).waiting[0].topic.startswith("Inquiétude")

    def test_is_empty_the_next_day(self, arrive, look):
        arrive()

        assert look(24 * 60).visits == 0
        assert look(24 * 60).mean_wait is None

    def test_changes_its_version_with_what_it_shows(self, arrive, look, bruno):
        visit = arrive()
        seen = {look(0).version, look(1).version}
        services.call(visit=visit, by=bruno, at=NOON)
        seen.add(look(0).version)

        assert len(seen) == 3
        assert look(0).version == look(1).version  # nobody waits: minutes do not matter

    def test_costs_one_statement(self, arrive, bruno, lyon_8, django_assert_num_queries):
        for _ in range(10):
            arrive()
        scope = scope_of(bruno)

        with django_assert_num_queries(1):
            assert len(queue_of(maison_id=lyon_8.pk, scope=scope, at=NOON).waiting) == 10


class TestSteps:
    def test_two_desks_never_call_the_same_person(self, arrive, bruno, chloe, lyon_8):
        arrive()
        arrive()
        first = services.call_next(maison_id=lyon_8.pk, by=bruno, at=NOON)
        second = services.call_next(maison_id=lyon_8.pk, by=chloe, at=NOON)

        assert (first.number, second.number) == (1, 2)
        assert services.call_next(maison_id=lyon_8.pk, by=bruno, at=NOON) is None

    def test_undoing_gives_back_the_state_before(self, arrive, bruno):
        visit = arrive()
        services.end(visit=visit, state=Visit.State.ABSENT, at=NOON)
        services.put_back(visit=visit)
        assert visit.state == "waiting"

        services.call(visit=visit, by=bruno, at=NOON)
        services.end(visit=visit, state=Visit.State.RECEIVED, at=NOON)
        services.put_back(visit=visit)
        assert (visit.state, visit.called_by) == ("called", bruno)

        services.put_back(visit=visit)
        assert (visit.state, visit.called_at) == ("waiting", None)

    def test_who_comes_second_is_told(self, arrive, bruno):
        visit = arrive()
        services.end(visit=visit, state=Visit.State.RECEIVED, at=NOON)

        with pytest.raises(Refused):
            services.end(visit=Visit.objects.get(), state=Visit.State.ABSENT, at=NOON)
        with pytest.raises(Refused):
            services.call(visit=Visit.objects.get(), by=bruno, at=NOON)

    def test_days_change_at_midnight_in_paris(self, arrive):
        late = arrive(11 * 60 + 59)
        early = arrive(12 * 60)

        assert (late.day.day, late.number) == (2, 1)
        assert (early.day.day, early.number) == (3, 1)


def test_who_came_today_is_expected(arrive, amina, lyon_8, villeurbanne):
    arrive(person=amina)
    arrive()

    expected = expected_persons(maison_ids=[lyon_8.pk], at=NOON)
    assert list(Person.objects.filter(pk__in=expected)) == [amina]
    assert not expected_persons(maison_ids=[villeurbanne.pk], at=NOON)
    assert not expected_persons(maison_ids=[lyon_8.pk], at=timezone.now())


class TestAhead:
    def test_passes_before_with_its_reason_in_one_order_everywhere(self, arrive, look, bruno, lyon_8):
        first, second, third = arrive(), arrive(), arrive()
        services.pass_before(visit=third, reason="child", by=bruno, at=NOON)
        services.pass_before(visit=second, reason="urgent", by=bruno, at=NOON + timedelta(minutes=1))

        lines = look(2).waiting
        assert [line.number for line in lines] == ["A03", "A02", "A01"]
        assert [line.ahead for line in lines] == ["Avec un enfant en bas âge", "Situation urgente", ""]
        called = [services.call_next(maison_id=lyon_8.pk, by=bruno, at=NOON) for _again in range(3)]
        assert called == [third, second, first]

    def test_is_undone_at_the_same_place(self, arrive, look, bruno):
        arrive()
        visit = arrive()
        services.pass_before(visit=visit, reason="brief", by=bruno, at=NOON)
        services.pass_in_turn(visit=visit)

        assert [line.number for line in look().waiting] == ["A01", "A02"]
        assert (visit.ahead_at, visit.ahead_by, visit.ahead_reason) == (None, None, "")

    @pytest.mark.parametrize("reason", ["", "parce que", "diabète"])
    def test_needs_a_reason_of_the_list(self, arrive, bruno, reason):
        with pytest.raises(Refused):
            services.pass_before(visit=arrive(), reason=reason, by=bruno, at=NOON)
        assert Visit.objects.get().ahead_at is None

    def test_one_called_passes_before_nobody(self, arrive, bruno):
        visit = arrive()
        services.call(visit=visit, by=bruno, at=NOON)

        with pytest.raises(Refused):
            services.pass_before(visit=visit, reason="brief", by=bruno, at=NOON)


class TestDesk:
    @pytest.mark.parametrize(
        ("typed", "number"),
        [("3", "3"), ("Bureau 3", "3"), (" b2 ", "B2"), ("guichet 12", "12"), ("", ""), ("bureau", "")],
    )
    def test_is_said_once_a_day_and_shown_with_each_call(self, arrive, look, bruno, lyon_8, typed, number):
        said = services.say_desk(agent=bruno, maison_id=lyon_8.pk, typed=typed, at=NOON)
        services.call(visit=arrive(), by=bruno, at=NOON)

        assert said == number
        assert look().called[0].desk == (f"Bureau {number}" if number else "")
        assert services.desk_today(agent=bruno, maison_id=lyon_8.pk, at=NOON + timedelta(days=1)) == ""

    @pytest.mark.parametrize("typed", ["Samira", "Awa", "12345", "3 bis", "à gauche", "<b>"])
    def test_is_a_number_and_nothing_else(self, bruno, lyon_8, typed):
        with pytest.raises(Refused):
            services.say_desk(agent=bruno, maison_id=lyon_8.pk, typed=typed, at=NOON)
