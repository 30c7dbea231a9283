from datetime import datetime, timedelta

from channels_app.intake.models import Arrival
from channels_app.intake.services.hearing import hear

BELL_HAS_RUNG = timedelta(seconds=20)  # younger ones are a worker's right now
AT_MOST = 200  # a pass; the next comes ten seconds later


def sweep(*, at: datetime, after: timedelta = BELL_HAS_RUNG) -> int:
    """Hear what the doorbell missed, oldest first; returns how many were taken up."""
    waiting = Arrival.objects.forgotten(at, after=after).order_by("try_after", "pk")
    ids = list(waiting.values_list("pk", flat=True)[:AT_MOST])
    for arrival_id in ids:
        hear(arrival_id=arrival_id, at=at)
    return len(ids)
