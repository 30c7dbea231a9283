import time
from datetime import datetime, timedelta

from channels_app.intake.models import Arrival
from channels_app.intake.services.hearing import hear_again

BELL_HAS_RUNG = timedelta(seconds=20)  # younger ones are a worker's right now
AT_MOST = 200  # a pass; the next comes ten seconds later
LONGEST_S = 60.0


def sweep(*, at: datetime, after: timedelta = BELL_HAS_RUNG) -> int:
    """Hear what the doorbell missed, oldest first; returns how many were taken up.

    Beside the workers and other sweeps: each arrival is counted, and put later, before it is read.
    """
    waiting = Arrival.objects.forgotten(at, after=after)
    ids = list(waiting.order_by("try_after", "pk").values_list("pk", flat=True)[:AT_MOST])
    end, taken = time.monotonic() + LONGEST_S, 0
    for arrival_id in ids:
        if time.monotonic() > end:
            break
        hear_again(arrival_id=arrival_id, at=at, among=waiting)
        taken += 1
    return taken
