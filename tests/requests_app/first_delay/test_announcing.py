"""The delay told where people book: the median of those who asked lately, of five people at least."""

from datetime import date

import pytest

from requests_app.first_delay.models import AnnouncedDelay
from requests_app.first_delay.services.announcing import announce
from tests.requests_app.first_delay.conftest import at

TODAY = date(2026, 11, 2)


@pytest.fixture
def wait(make_ticket, make_appointment, make_person, lyon_8, chloe, follow_up):
    """One person waits a number of days, from the first of October on, for an appointment at Lyon 8e."""
    waited = []

    def for_days(days):
        waited.append(days)
        person = make_person(given_name=f"P{len(waited)}")
        ticket = make_ticket(person=person, received_at=at("10-01"), maison=lyon_8)
        starts_at = at(f"10-{1 + days:02}", hour=8 + len(waited))
        fields = {"agent": chloe, "maison": lyon_8, "type": follow_up, "starts_at": starts_at}
        return make_appointment(ticket=ticket, booked_at=at("10-01"), **fields)

    return for_days


def told(maison):
    found = AnnouncedDelay.objects.shown(TODAY).filter(maison=maison).first()
    return found and (found.n, found.median_days)


def test_is_the_median_of_five_people(wait, lyon_8, follow_up):
    for days in (2, 3, 12, 20, 25):
        wait(days)
    announce([(lyon_8, follow_up)], day=TODAY)
    assert told(lyon_8) == (5, 12)


def test_under_five_nothing_is_told(wait, lyon_8, villeurbanne, follow_up):
    for days in (2, 3, 12, 20):
        wait(days)
    announce([(lyon_8, follow_up), (villeurbanne, follow_up)], day=TODAY)
    assert (told(lyon_8), told(villeurbanne)) == (None, None)
    assert AnnouncedDelay.objects.count() == 2


def test_one_of_two_weeks_ago_is_no_longer_told(wait, lyon_8, follow_up):
    AnnouncedDelay.objects.create(maison=lyon_8, type=follow_up, day=date(2026, 10, 19), n=9, median_days=3)
    assert told(lyon_8) is None
    announce([(lyon_8, follow_up)], day=TODAY)
    assert AnnouncedDelay.objects.get().day == TODAY


def test_measures_once_a_day(wait, lyon_8, follow_up, django_assert_num_queries):
    announce([(lyon_8, follow_up)], day=TODAY)
    with django_assert_num_queries(1):
        announce([(lyon_8, follow_up)], day=TODAY)
