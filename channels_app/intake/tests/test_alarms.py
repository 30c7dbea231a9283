"""When the count is wrong or a message waits for long, those who can act read it wherever they are (I2)."""

from datetime import timedelta

import pytest
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
