"""When the count is wrong or a message waits for long, those who can act read it wherever they are (I2)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from channels_app.intake.alarms import alarms
from channels_app.intake.models import Arrival, Watch
from channels_app.intake.services import check_balance
from requests_app.lib.incidents import forget_incidents

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LATER = NOW + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def _asked_again():
    """A process keeps the sentences for a few seconds."""
    forget_incidents()
    yield
    forget_incidents()


def banner(client) -> str:
    return client.get("/tri/").content.decode()


@pytest.fixture
def lost(make_arrival):
    """An arrival that is heard, and whose words are nowhere."""
    return make_arrival(state="heard", reason="")


def test_I2_a_gap_is_on_every_page_of_those_who_can_act(client_of, central, lost):
    check_balance(at=NOW)
    page = banner(client_of(central))
    assert "Il manque 1 arrivée au compte" in page
    assert "Voir la quarantaine" in page


def test_I2_others_are_not_told_what_they_cannot_mend(client_of, chloe, bruno, lost):
    check_balance(at=NOW)
    assert not any("Il manque" in banner(client_of(each)) for each in (chloe, bruno))


def test_I2_what_waits_for_more_than_ten_minutes_is_told_with_its_delay(make_arrival):
    make_arrival(state="pending", reason="", received_at=NOW - timedelta(minutes=25))
    check_balance(at=NOW)
    assert ["depuis 25\u00a0min" in sentence for sentence in alarms(NOW)] == [True]


def test_I2_nothing_is_told_while_the_count_is_right(client_of, central, make_arrival):
    make_arrival()
    check_balance(at=NOW)
    assert alarms(NOW) == []
    assert "Voir la quarantaine" not in banner(client_of(central))


def test_the_first_sight_of_the_trouble_is_kept_until_it_has_gone(lost):
    check_balance(at=NOW)
    check_balance(at=LATER)
    assert Watch.objects.get().wrong_since == NOW
    Arrival.objects.all().delete()
    check_balance(at=LATER + timedelta(minutes=5))
    assert Watch.objects.get().wrong_since is None
    assert alarms(LATER + timedelta(minutes=5)) == []


def test_a_check_that_is_no_longer_made_is_told(db):
    check_balance(at=NOW)
    assert "n’est plus vérifié depuis 25" in alarms(NOW + timedelta(minutes=25))[0]


class TestCost:
    """The check counts the last day and what waits; everything once a day, and while something is missing."""

    OLD = NOW - timedelta(days=3)

    def test_I2_what_went_missing_long_ago_is_found_within_a_day_and_followed(self, make_arrival):
        check_balance(at=NOW)
        old = make_arrival(state="heard", reason="", received_at=self.OLD)
        assert check_balance(at=LATER).is_right
        found = [check_balance(at=NOW + timedelta(days=1, minutes=5 * turn)).gap for turn in range(2)]
        assert found == [1, 1]
        old.delete()
        assert check_balance(at=NOW + timedelta(days=1, minutes=10)).is_right

    def test_I2_what_went_missing_today_is_found_at_once(self, make_arrival):
        check_balance(at=NOW)
        make_arrival(state="heard", reason="", received_at=NOW)
        assert check_balance(at=LATER).gap == 1

    def test_I2_what_waits_is_counted_however_old(self, make_arrival):
        check_balance(at=NOW)
        make_arrival(state="pending", reason="", received_at=self.OLD)
        assert (check_balance(at=LATER).oldest_pending_s or 0) > 3 * 86_400

    def test_reads_no_more_of_fifty_thousand_than_the_day(self, db):
        with connection.cursor() as cursor:
            cursor.execute(MANY, [self.OLD])
            cursor.execute("ANALYZE intake_arrival, intake_arrivalraw")
        check_balance(at=NOW)
        with CaptureQueriesContext(connection) as seen:
            check_balance(at=LATER)
        counts = [query["sql"] for query in seen if "COUNT" in query["sql"]]
        with connection.cursor() as cursor:
            for sql in counts:
                cursor.execute(f"EXPLAIN {sql}")
                plan = "\n".join(row[0] for row in cursor.fetchall())
                assert "Seq Scan" not in plan, plan
        assert len(counts) == 2


MANY = """
WITH many AS (
  INSERT INTO intake_arrival (channel, address, source, key, meaning, raw_sha256, size, received_at, state,
    reason, attempts, try_after, facts)
  SELECT 'mail', '', 'smtp', n::text, '', '', 1, %s, 'discarded', 'x', 0, now(), '{}'
  FROM generate_series(1, 50000) AS n RETURNING id
) INSERT INTO intake_arrivalraw (arrival_id, data) SELECT id, '' FROM many
"""
