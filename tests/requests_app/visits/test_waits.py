"""How long people wait: from real visits of the same half-hour, or nothing at all."""

from datetime import datetime, timedelta

import pytest

from requests_app.tickets.deadlines import PARIS
from requests_app.visits import services
from requests_app.visits.models import Visit
from requests_app.visits.waits import wait_at, waits_at

NOW = datetime(2026, 3, 31, 10, 10, tzinfo=PARIS)  # a Tuesday, two days after the clocks changed
OPEN = "Mo-Fr 08:30-17:00"


@pytest.fixture
def lyon(lyon_8):
    lyon_8.opening_hours, lyon_8.public_access = OPEN, "yes"
    lyon_8.save()
    return lyon_8


@pytest.fixture
def came(make_ticket, make_touchpoint, lyon, bruno):
    """Somebody who arrived at an instant and was called after some minutes, or still waits."""

    def arrive(at, minutes=None, maison=lyon):
        touchpoint = make_touchpoint(make_ticket(text=None), at=at)
        visit = services.arrive(touchpoint=touchpoint, maison_id=maison.pk, at=at)
        if minutes is not None:
            services.call(visit=visit, by=bruno, at=at + timedelta(minutes=minutes))
        return visit

    return arrive


@pytest.fixture
def usual(came):
    """The waits of Tuesdays at ten past ten, one a week, by the clock on the wall."""
    for week, minutes in enumerate((4, 12, 13, 22, 31), 1):
        came(NOW - timedelta(weeks=week), minutes)


class TestWaits:
    def test_says_the_median_and_the_8_of_10_rounded_up(self, lyon, usual):
        wait = wait_at(lyon, NOW)

        assert (wait.median, wait.most, wait.visits, wait.is_longer) == (15, 25, 5, False)
        assert wait.words == "Attente : environ 15 minutes."
        assert wait.more_words == "À cette heure, 8 personnes sur 10 attendent 25 minutes au plus."

    def test_says_nothing_under_five_visits(self, lyon, usual):
        Visit.objects.latest("pk").delete()

        assert wait_at(lyon, NOW) is None

    @pytest.mark.parametrize(
        "at",
        [
            NOW.replace(minute=29, second=59),
            NOW.replace(minute=0),
        ],
    )
    def test_holds_for_the_whole_half_hour(self, lyon, usual, at):
        assert wait_at(lyon, at).visits == 5

    @pytest.mark.parametrize(
        "at",
        [
            NOW.replace(minute=30),
            NOW.replace(hour=9, minute=59),
            NOW + timedelta(days=1),
            NOW + timedelta(weeks=8),
        ],
    )
    def test_another_half_hour_another_day_or_old_weeks_say_nothing(self, lyon, usual, at):
        assert wait_at(lyon, at) is None

    def test_a_closed_maison_says_nothing(self, lyon, usual):
        lyon.opening_hours = "We 08:30-17:00"

        assert wait_at(lyon, NOW) is None

    def test_the_wait_ends_with_the_first_call(self, lyon, usual, bruno):
        last = Visit.objects.latest("pk")
        services.call(visit=last, by=bruno, at=NOW)

        assert wait_at(lyon, NOW).most == 25

    def test_a_call_undone_ended_nothing(self, lyon, usual, bruno):
        services.put_back(visit=Visit.objects.latest("pk"))

        assert wait_at(lyon, NOW) is None

    def test_gives_no_number_when_somebody_waits_longer_today(self, lyon, usual, came):
        came(NOW - timedelta(minutes=23))

        wait = wait_at(lyon, NOW)
        assert (wait.is_longer, wait.more_words) == (True, "")
        assert wait.words == "L’attente est plus longue que d’habitude."
        assert wait_at(lyon, NOW - timedelta(minutes=2)).is_longer is False

    def test_somebody_who_left_without_a_word_makes_no_wait_longer(self, lyon, usual, came):
        came(NOW - timedelta(hours=3, minutes=1))

        assert wait_at(lyon, NOW).is_longer is False

    def test_each_maison_has_its_own(self, lyon, usual, villeurbanne, django_assert_num_queries):
        with django_assert_num_queries(1):
            assert set(waits_at([lyon, villeurbanne], NOW)) == {lyon.pk}

    def test_reads_nothing_when_all_are_closed(self, lyon, django_assert_num_queries):
        lyon.opening_hours = "We 08:30-17:00"
        with django_assert_num_queries(0):
            assert waits_at([lyon], NOW) == {}
