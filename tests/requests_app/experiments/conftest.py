from datetime import date, datetime, timedelta

import pytest

from requests_app.experiments.models import Trial
from requests_app.experiments.services import plan_trial
from requests_app.indicators.models import DayWait
from requests_app.maisons.models import Maison
from requests_app.maisons.opening import PARIS

START = date(2026, 11, 30)  # a Monday
PLANNED = datetime(2026, 11, 27, 10, tzinfo=PARIS)
WEEK = timedelta(days=7)


@pytest.fixture
def others(lyon_8, villeurbanne):
    """Five more Maisons that are compared."""
    return [
        Maison.objects.create(code=f"T{n}", label=f"Lieu {n}", name=f"Lieu {n}", commune=lyon_8.commune)
        for n in range(5)
    ]


@pytest.fixture
def trial(lyon_8, others, david):
    """Twelve weeks at Lyon 8e, judged on the wait at the counter; not begun."""
    made = Trial(
        title="Un agent à l’entrée",
        hypothesis="Quelqu’un qui oriente dès la porte raccourcit l’attente.",
        measure="wait",
        smallest=3.0,
        starts_on=START,
        ends_on=START + 12 * WEEK - timedelta(days=1),
    )
    plan_trial(trial=made, tried=[lyon_8], others=others, by=david, at=PLANNED)
    return made


@pytest.fixture
def wait():
    """Write the minutes that the visitors of some weeks waited at a Maison."""

    def write(maison, first, weeks, minutes, count=10):
        DayWait.objects.bulk_create(
            DayWait(place=maison.pk, day=first + n * WEEK, minutes=minutes, count=count) for n in range(weeks)
        )

    return write
