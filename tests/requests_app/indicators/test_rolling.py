"""Rollups say the same as the tickets, whenever they were written; today is read live."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from requests_app.access.scope import scope_of
from requests_app.catalog.models import Topic
from requests_app.indicators.models import EVERYWHERE, DayTotal, Progress, TopicDay
from requests_app.indicators.periods import CHOICES, period_of, previous_period
from requests_app.indicators.reading import read
from requests_app.indicators.rolling import roll
from requests_app.indicators.where import where_of
from requests_app.tickets.models import State, Ticket
from requests_app.visits.models import Visit

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-11-25T10:00:00+01:00")
CHOICE = CHOICES["4-semaines"]
PERIOD = period_of(CHOICE, NOW.date())
DAY = timedelta(days=1)


@pytest.fixture
def lived(make_ticket, villeurbanne):
    """Tickets of three weeks, some answered, at two Maisons and at none."""
    for age in range(21):
        at = NOW - age * DAY
        closed = {"state": State.CLOSED, "closed_at": at + 2 * DAY} if age > 3 else {}
        make_ticket(text=None, received_at=at, topic="velo", **closed)
        make_ticket(text=None, received_at=at, maison=villeurbanne, channel="frontdesk")
    Ticket.objects.filter(received_at__lt=NOW - 5 * DAY).update(first_answered_at=NOW - 4 * DAY)
    make_ticket(text=None, received_at=NOW - 6 * DAY, maison=None)
    make_ticket(text=None, received_at=NOW - timedelta(hours=1))


def figures_of(user, maison_id=None, topic_id=None):
    where = where_of(scope_of(user), maison_id, topic_id)
    return read(where, PERIOD, previous_period(PERIOD, CHOICE), now=NOW)


def said(figures):
    places = {
        place: (line.received, line.waiting, line.late, dict(line.delays))
        for place, line in figures.places.items()
        if line.received or line.waiting
    }
    days = {day: (one.received, one.closed, one.answered) for day, one in figures.days.items()}
    delays = {channel: dict(counts) for channel, counts in figures.delays.items() if counts}
    return days, +figures.channels, +figures.topics, delays, places


class TestTheSameAsTheTickets:
    def test_before_any_sweep_and_after(self, lived, central):
        live = said(figures_of(central))
        roll(at=NOW)
        assert DayTotal.objects.filter(place=EVERYWHERE).exists()
        assert said(figures_of(central)) == live

    def test_a_sweep_late_by_days_loses_none(self, lived, central):
        roll(at=NOW - 6 * DAY)
        late = said(figures_of(central))
        roll(at=NOW)
        assert said(figures_of(central)) == late

    def test_twice_is_as_once(self, lived, central):
        roll(at=NOW)
        once = said(figures_of(central))
        roll(at=NOW)
        assert said(figures_of(central)) == once

    def test_follow_a_demand_to_its_other_place(self, lived, david, villeurbanne):
        roll(at=NOW)
        had = figures_of(david).total(PERIOD.days).received
        moved = Ticket.objects.filter(maison__code="P84", received_at__lt=NOW - DAY).latest("received_at")
        Ticket.objects.filter(pk=moved.pk).update(maison=villeurbanne)
        roll(at=NOW)
        assert figures_of(david).total(PERIOD.days).received == had - 1

    def test_an_old_demand_that_changed_is_seen_the_next_day(self, lived, david, villeurbanne):
        roll(at=NOW)
        old = Ticket.objects.filter(maison__code="P84").earliest("received_at")
        Ticket.objects.filter(pk=old.pk).update(maison=villeurbanne)
        had = figures_of(david).total(PERIOD.days).received
        roll(at=NOW + DAY)
        assert figures_of(david).total(PERIOD.days).received == had - 1


class TestScope:
    def test_a_manager_counts_his_maison_and_the_central_team_all(self, lived, david, central, lyon_8):
        roll(at=NOW)
        assert figures_of(david).total(PERIOD.days).received == 22
        assert set(figures_of(david).places) == {lyon_8.pk}
        assert figures_of(central).total(PERIOD.days).received == 44

    def test_the_maisons_of_the_table_make_the_total(self, lived, central):
        roll(at=NOW)
        figures = figures_of(central)
        assert sum(line.received for line in figures.places.values()) == 44


class TestCounter:
    def test_tells_the_minutes_before_one_is_called(self, make_visit, david, lyon_8):
        yesterday = NOW - DAY
        for minutes in (4, 10, 31):
            visit = make_visit()
            called = yesterday + timedelta(minutes=minutes)
            Visit.objects.filter(pk=visit.pk).update(
                day=yesterday.date(), arrived_at=yesterday, called_at=called, number=minutes
            )
        make_visit()  # still waiting today
        Ticket.objects.update(received_at=NOW - 2 * DAY)
        roll(at=NOW)
        figures = figures_of(david)
        assert figures.waits == figures.places[lyon_8.pk].waits == {4: 1, 10: 1, 31: 1}
        assert figures.places[lyon_8.pk].wait == 10


class TestByTopic:
    def test_a_topic_says_the_same_before_any_sweep_and_after(self, lived, central):
        topic_id = Topic.objects.get(code="velo").pk
        live = said(figures_of(central, topic_id=topic_id))
        roll(at=NOW)
        assert said(figures_of(central, topic_id=topic_id)) == live
        assert figures_of(central, topic_id=topic_id).total(PERIOD.days).received == 21

    def test_topics_together_make_the_whole(self, lived, central):
        roll(at=NOW)
        each = [
            figures_of(central, topic_id=pk).total(PERIOD.days).received
            for pk in Topic.objects.values_list("pk", flat=True)
        ]
        whole = figures_of(central)
        assert sum(each) + whole.topics[0] == whole.total(PERIOD.days).received

    def test_a_base_from_before_is_filled_at_the_next_sweep(self, lived, central):
        roll(at=NOW)
        TopicDay.objects.all().delete()
        roll(at=NOW + timedelta(minutes=10))
        assert TopicDay.objects.filter(day=(NOW - 20 * DAY).date()).exists()


class TestStock:
    def test_the_days_before_the_first_sweep_are_told_from_the_tickets(self, lived, central):
        roll(at=NOW)
        stock = figures_of(central).stock
        day = (NOW - 10 * DAY).date()
        end = NOW.replace(hour=0) - 9 * DAY
        open_then = Ticket.objects.filter(received_at__lt=end).exclude(closed_at__lt=end).count()
        assert stock[day][0] == open_then

    def test_the_last_sweep_of_a_day_is_its_end(self, lived, central, make_ticket):
        roll(at=NOW)
        had = figures_of(central).stock[NOW.date()][0]
        make_ticket(text=None, received_at=NOW)
        roll(at=NOW + timedelta(hours=2))
        assert figures_of(central).stock[NOW.date()][0] == had + 1


def test_nothing_to_write_while_there_is_no_ticket(territory):
    roll(at=NOW)
    assert not Progress.objects.exists()


def test_costs_the_same_for_one_day_as_for_twenty(lived, central):
    roll(at=NOW)

    def cost(code):
        choice = CHOICES[code]
        period = period_of(choice, NOW.date())
        with CaptureQueriesContext(connection) as seen:
            read(where_of(scope_of(central), None), period, previous_period(period, choice), now=NOW)
        return len(seen)

    cost("semaine")  # reads the memberships
    assert cost("semaine") == cost("12-semaines") <= 12


PLANS = (
    "SELECT maison_id, channel, topic_id, received_at FROM tickets_ticket WHERE received_at >= %s",
    "SELECT closed_at FROM tickets_ticket WHERE closed_at >= %s",
    "SELECT maison_id, channel, received_at FROM tickets_ticket WHERE first_answered_at >= %s",
)


@pytest.mark.parametrize("statement", PLANS)
def test_the_live_part_never_reads_the_whole_table(make_ticket, statement):
    """On 20 000 rows, with statistics as after a night."""
    make_ticket(text=None)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO tickets_ticket (reference, channel, state, outcome, priority, proposed_words,"
            " is_sensitive, transfer_body, sender, subject, excerpt, files_count, received_at, waiting_since,"
            " closed_at, first_answered_at, version, tasks_count)"
            " SELECT 'X-' || n, 'mail', 'closed', 'answered', 'normal', '[]', false, '', '', '', '', 0,"
            " at, now(), at, at, 1, 0 FROM (SELECT n, now() - n * interval '1 hour' AS at"
            " FROM generate_series(1, 20000) n) s"
        )
        cursor.execute("ANALYZE tickets_ticket")
        cursor.execute(f"EXPLAIN {statement}", [timezone.now() - timedelta(hours=10)])
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Seq Scan" not in plan
    assert "_figures" in plan
