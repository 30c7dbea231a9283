"""Stop calling a provider that does not answer, and tell staff (threats: O03, F06)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F
from django.db.models.functions import Coalesce

from channels_app.delivery.models import Circuit

PATIENCE = 5  # temporary failures in a row, of any message
FIRST_PAUSE, MAX_PAUSE = timedelta(seconds=30), timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Route:
    """A channel's circuit at one instant; ``is_failing`` when a success would be news."""

    is_paused: bool = False
    is_failing: bool = False


def route_of(channel: str, now: datetime) -> Route:
    """Return the state of a channel's circuit; one statement."""
    row = Circuit.objects.filter(pk=channel).only("failures", "open_until").first()
    if row is None:
        return Route()
    return Route(bool(row.open_until and row.open_until > now), row.failures > 0)


def note_failure(channel: str, now: datetime) -> None:
    """Count a temporary failure; from the fifth in a row the pauses grow."""
    Circuit.objects.get_or_create(pk=channel)
    Circuit.objects.filter(pk=channel).update(
        failures=F("failures") + 1, failing_since=Coalesce(F("failing_since"), now)
    )
    failures = Circuit.objects.values_list("failures", flat=True).get(pk=channel)
    if failures >= PATIENCE:
        pause = min(FIRST_PAUSE * 2 ** min(failures - PATIENCE, 10), MAX_PAUSE)
        Circuit.objects.filter(pk=channel).update(open_until=now + pause)


def note_success(channel: str) -> None:
    """Close the circuit again."""
    Circuit.objects.filter(pk=channel, failures__gt=0).update(failures=0, failing_since=None, open_until=None)
