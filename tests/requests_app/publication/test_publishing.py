"""A quarter is made public once it is over and settled, from the rows, and never changes."""

from datetime import datetime, timedelta

import pytest

from requests_app.catalog.models import Topic
from requests_app.indicators.models import DayWait, FeltBatch
from requests_app.maisons.opening import PARIS
from requests_app.publication.models import Indicator, Publication
from requests_app.publication.quarters import Quarter
from requests_app.publication.services import publish, publish_quarter
from requests_app.tickets.models import State, Ticket
from requests_app.tickets.services.calls import note_called, promise_call
from tests.factories import person, ticket, touchpoint

pytestmark = pytest.mark.django_db
SUMMER = Quarter.read("2026-T3")
IN_JULY = datetime(2026, 7, 10, 10, tzinfo=PARIS)
LATER = datetime(2026, 10, 8, 9, tzinfo=PARIS)
HOUR = timedelta(hours=1)


def answered(maison, *, number=1, late=0, **fields):
    """Tickets of as many people, due in July; the last ones are answered an hour late."""
    for rank in range(number):
        done = IN_JULY + (HOUR if rank >= number - late else -HOUR)
        ticket(
            text=None,
            maison=maison,
            person=person(family_name=f"Okonkwo {rank}"),
            received_at=IN_JULY - timedelta(days=5),
            due_at=IN_JULY,
            first_answered_at=done,
            **fields,
        )


def said(kind, maison=None, extent="maison"):
    """What was published of a Maison: n, share, middle, most."""
    rows = Indicator.objects.filter(kind=kind, extent=extent, maison=maison)
    return rows.values_list("n", "share", "middle", "most").first()


class TestWhen:
    def test_a_quarter_is_published_a_week_after_its_end_and_once(self, territory):
        publish(at=LATER - timedelta(days=2))
        assert [row.as_quarter.code for row in Publication.objects.all()] == ["2026-T2"]
        publish(at=LATER)
        publish(at=LATER + timedelta(days=30))
        codes = [row.as_quarter.code for row in Publication.objects.order_by("quarter")]
        assert codes == ["2026-T2", "2026-T3"]

    def test_a_quarter_that_is_not_over_is_refused(self, territory):
        assert publish_quarter(SUMMER, at=datetime(2026, 9, 30, 23, 59, tzinfo=PARIS)) is None
        assert not Publication.objects.exists()

    def test_what_comes_to_be_known_later_changes_nothing(self, lyon_8):
        answered(lyon_8, number=10)
        publish(at=LATER)
        answered(lyon_8, number=10, late=10)
        publish_quarter(SUMMER, at=LATER + timedelta(days=1))
        assert said("answered", lyon_8) == (10, 100, None, None)


class TestAnswered:
    def test_the_share_answered_by_the_announced_day(self, lyon_8):
        answered(lyon_8, number=20, late=6)
        publish(at=LATER)
        assert said("answered", lyon_8) == (20, 70, None, None)

    def test_numbers_are_rounded_to_five(self, lyon_8):
        answered(lyon_8, number=13, late=1)
        publish(at=LATER)
        assert said("answered", lyon_8) == (15, 90, None, None)

    def test_four_people_are_nowhere_not_even_in_the_territory(self, lyon_8):
        answered(lyon_8, number=4)
        publish(at=LATER)
        assert not Indicator.objects.exists()

    def test_a_small_maison_is_joined_with_a_larger_one(self, lyon_8, villeurbanne):
        answered(lyon_8, number=10)
        answered(villeurbanne, number=3, late=3)
        publish(at=LATER)
        assert (said("answered", lyon_8), said("answered", villeurbanne)) == (None, None)
        assert (
            said("answered", extent="others") == said("answered", extent="territory") == (15, 75, None, None)
        )

    def test_sensitive_merged_and_unwanted_requests_are_not_counted(self, lyon_8):
        answered(lyon_8, number=5)
        answered(lyon_8, number=5, late=5, topic=Topic.objects.filter(sensitivity="protection").first())
        answered(lyon_8, number=5, late=5, state=State.CLOSED, outcome="unwanted")
        survivor = Ticket.objects.first()
        answered(lyon_8, number=5, late=5, merged_into=survivor)
        publish(at=LATER)
        assert said("answered", lyon_8) == (5, 100, None, None)

    def test_a_request_never_answered_was_not_answered_in_time(self, lyon_8):
        answered(lyon_8, number=10)
        Ticket.objects.update(first_answered_at=None)
        publish(at=LATER)
        assert said("answered", lyon_8) == (10, 0, None, None)

    def test_the_bounds_of_the_quarter_are_ours(self, lyon_8):
        answered(lyon_8, number=5)
        Ticket.objects.update(due_at=datetime(2026, 6, 30, 22, 30, tzinfo=PARIS))
        publish(at=LATER)
        assert said("answered", lyon_8) is None


class TestTheOthers:
    def test_waits_at_the_desk(self, lyon_8):
        for minutes, visitors in ((3, 5), (8, 3), (25, 2)):
            DayWait.objects.create(place=lyon_8.pk, day=IN_JULY.date(), minutes=minutes, count=visitors)
        publish(at=LATER)
        assert said("wait", lyon_8) == (10, None, 3, 8)

    def test_how_it_felt(self, lyon_8):
        for _batch in range(2):
            FeltBatch.objects.create(place=lyon_8.pk, day=IN_JULY.date(), bad=1, well=3, very_well=1)
        publish(at=LATER)
        assert said("felt", lyon_8) == (10, 80, None, None)

    def test_calls_promised_to_people(self, lyon_8, bruno):
        for rank in range(6):
            words = touchpoint(ticket(person=person(family_name=f"Nguyen {rank}"), maison=lyon_8), at=IN_JULY)
            call = promise_call(touchpoint=words, number="", due_at=IN_JULY, at=IN_JULY - HOUR)
            if rank < 3:
                note_called(task=call, by=bruno, at=IN_JULY - HOUR / 2)
        publish(at=LATER)
        assert said("called", lyon_8) == (5, 50, None, None)
