"""What groups of people lived, measured once a night, and read within the rights."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from requests_app.access.scope import scope_of
from requests_app.feedback.models import FeltExperience, SurveyCard
from requests_app.indicators.groups import measure_groups
from requests_app.indicators.lived_experience import Lived, read_lived
from requests_app.indicators.models import EVERYWHERE, GroupTotal
from requests_app.indicators.periods import CHOICES
from requests_app.indicators.where import where_of
from requests_app.outbox.models import Outgoing
from requests_app.people.models import AccessNeed
from requests_app.tickets.models import Ticket, Touchpoint

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-11-25T02:00:00+01:00")  # a Wednesday
DAY = timedelta(days=1)
CHOICE = CHOICES["4-semaines"]


@pytest.fixture
def ask(make_ticket, make_person):
    """A request of somebody new, five days ago, closed two days later unless told otherwise."""

    def make(*, person=None, days_ago=5, closed_after=2, due_after=3, **fields):
        received_at = NOW - days_ago * DAY
        ticket = make_ticket(
            text=None, person=person or make_person(), received_at=received_at, topic="velo", **fields
        )
        dates = {"due_at": received_at + due_after * DAY}
        if closed_after is not None:
            closed_at = received_at + closed_after * DAY
            dates |= {"state": "closed", "outcome": "answered", "closed_at": closed_at}
        Ticket.objects.filter(pk=ticket.pk).update(**dates)
        return ticket

    return make


def total(place=EVERYWHERE, axis="all", value="", *names):
    row = GroupTotal.objects.filter(period=CHOICE.code, place=place, axis=axis, value=value)
    return row.values_list(*names or ("persons", "received", "due", "in_time", "came_back", "closed")).first()


class TestMeasure:
    def test_counts_persons_once_and_who_was_answered_in_time(self, ask, amina, lyon_8):
        ask(person=amina)
        ask(person=amina, closed_after=4)  # after the announced day
        ask(person=amina, closed_after=None)  # due, never answered
        ask(due_after=30)
        assert measure_groups(at=NOW) > 0
        assert total() == total(lyon_8.pk) == (2, 4, 3, 1, 0, 3)

    def test_a_first_answer_counts_as_in_time(self, ask):
        ticket = ask(closed_after=4)
        Ticket.objects.filter(pk=ticket.pk).update(first_answered_at=NOW - 4 * DAY)
        measure_groups(at=NOW)
        assert total(EVERYWHERE, "all", "", "due", "in_time") == (1, 1)

    @pytest.mark.parametrize(("gap", "has"), [(29, 1), (31, 0)])
    def test_who_asks_again_less_than_a_month_after_the_end_comes_back(self, ask, amina, gap, has):
        ask(person=amina, days_ago=5 + gap + 2)
        ask(person=amina)
        measure_groups(at=NOW)
        assert total(EVERYWHERE, "all", "", "came_back") == (has,)

    def test_somebody_else_or_something_still_open_is_no_return(self, ask, amina):
        ask(days_ago=10)
        ask(person=amina, days_ago=9, closed_after=None)
        ask(person=amina)
        measure_groups(at=NOW)
        assert total(EVERYWHERE, "all", "", "came_back") == (0,)

    def test_faces_by_channel(self, ask):
        for level in (5, 4, 2, None):
            FeltExperience.objects.create(ticket=ask(channel="phone"), level=level, said_at=NOW - DAY)
        ask(channel="mail")
        measure_groups(at=NOW)
        assert total(EVERYWHERE, "channel", "phone", "answers", "good") == (3, 2)
        assert total(EVERYWHERE, "channel", "mail", "answers", "good") == (0, 0)

    def test_each_need_of_a_person_and_those_without(self, ask, amina):
        for kind in ("step_free", "interpreter"):
            AccessNeed.objects.create(person=amina, kind=kind, said_at=NOW)
        ask(person=amina)
        ask()
        measure_groups(at=NOW)
        found = {
            each: total(EVERYWHERE, "need", each, "persons") for each in ("step_free", "interpreter", "")
        }
        assert set(found.values()) == {(1,)}

    def test_A03_what_protects_people_and_what_is_merged_is_left_out(self, ask, amina):
        kept, hidden, merged = ask(), ask(), ask()
        Ticket.objects.filter(pk=hidden.pk).update(is_sensitive=True)
        Ticket.objects.filter(pk=merged.pk).update(merged_into=kept)
        Ticket.objects.filter(pk=ask().pk).update(person=None)
        measure_groups(at=NOW)
        assert total(EVERYWHERE, "all", "", "received") == (1,)

    def test_once_a_day_and_again_the_next(self, ask):
        ask()
        assert measure_groups(at=NOW)
        assert measure_groups(at=NOW + timedelta(hours=20)) == 0
        ask(days_ago=1, closed_after=None)
        assert measure_groups(at=NOW + DAY)
        assert total(EVERYWHERE, "all", "", "received") == (2,)

    def test_the_same_statements_for_one_as_for_ten(self, ask, django_assert_num_queries):
        ask()
        with CaptureQueriesContext(connection) as one:
            measure_groups(at=NOW)
        for channel in ("mail", "phone", "sms", "portal"):
            ask(channel=channel)
        with django_assert_num_queries(len(one)):
            measure_groups(at=NOW + DAY)


class TestRead:
    def read(self, user, maison_id=None):
        return read_lived(where_of(scope_of(user), maison_id), CHOICE)

    def test_nothing_before_the_first_night(self, central):
        assert self.read(central).period is None

    def test_the_days_are_those_measured(self, ask, central):
        ask()
        measure_groups(at=NOW)
        assert str(self.read(central).period.last) == "2026-11-24"

    def test_A02_a_manager_reads_their_maison_alone(self, ask, david, villeurbanne, lyon_8):
        ask()
        ask(maison=villeurbanne)
        measure_groups(at=NOW)
        found = self.read(david, lyon_8.pk)
        assert set(found.places) == {lyon_8.pk}
        assert found.needs[""].received == 1

    def test_P06_a_group_is_summed_over_places_where_five_are_of_it(self, ask, david, lyon_8, villeurbanne):
        for _each in range(5):
            ask(channel="phone")
        ask(channel="phone", maison=villeurbanne)
        ask(channel="sms", maison=villeurbanne)
        measure_groups(at=NOW)
        where = where_of(scope_of(david), lyon_8.pk)
        both = type(where)((lyon_8.pk, villeurbanne.pk), frozenset({lyon_8.pk, villeurbanne.pk}))
        found = read_lived(both, CHOICE)
        assert found.channels["phone"].received == 5
        assert found.channels["sms"].persons == 1  # not shown: under five

    def test_joined_groups_add_up(self):
        assert Lived(5, 6, 4, 3, 1, 5, 2, 1).join(Lived(5, 5)) == Lived(10, 11, 4, 3, 1, 5, 2, 1)


class TestWays:
    """Those asked how it felt, by the way they were asked: who said nothing is counted too."""

    def test_a_card_a_message_that_left_and_a_call(self, ask, lyon_8):
        card, called, mailed, failed, free = (ask() for _ in range(5))
        times = {"given_at": NOW - 3 * DAY, "expires_at": NOW + DAY}
        SurveyCard.objects.create(code="ABC234", ticket=card, way="letter", **times)
        FeltExperience.objects.create(ticket=called, level=5, way="phone", said_at=NOW - DAY)
        FeltExperience.objects.create(ticket=free, level=5, said_at=NOW - DAY)  # asked by nobody
        for ticket, state in ((mailed, "delivered"), (failed, "failed")):
            when = {"created_at": NOW - DAY, "try_after": NOW, "give_up_at": NOW}
            key, reason = f"s{ticket.pk}", "Boîte pleine" if state == "failed" else ""
            sent = {"key": key, "message_id": key, "kind": "survey", "channel": "mail", "reason": reason}
            row = Outgoing.objects.create(**sent, state=state, **when)
            Touchpoint.objects.create(
                ticket=ticket, channel="mail", direction="out", occurred_at=NOW, recorded_at=NOW, outgoing=row
            )
        FeltExperience.objects.create(ticket=mailed, level=2, effort=4, way="mail", said_at=NOW)
        measure_groups(at=NOW)
        names = ("received", "answers", "good", "efforts", "hard")
        assert total(EVERYWHERE, "way", "letter", *names) == (1, 0, 0, 0, 0)
        assert total(EVERYWHERE, "way", "phone", *names) == (1, 1, 1, 0, 0)
        assert total(lyon_8.pk, "way", "mail", *names) == (1, 1, 0, 1, 1)
        assert GroupTotal.objects.filter(period=CHOICE.code, place=EVERYWHERE, axis="way").count() == 3
