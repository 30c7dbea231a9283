import time
from datetime import datetime, timedelta

from channels_app.intake.models import Arrival
from channels_app.intake.services.processing import process_again
from requests_app.lib.alone import alone

TASK_GRACE = timedelta(seconds=20)  # a worker has the younger ones right now
MAX_ROWS = 200  # per pass; the next comes ten seconds later
MAX_SECONDS = 60.0
MAX_SLOW_SECONDS = 20.0  # of a pass, given to slow ones
SLOW_LANE = 0x51_0E  # the key of the lock: its holder processes the slow ones


def sweep(*, at: datetime, after: timedelta = TASK_GRACE) -> int:
    """Process the arrivals whose task was lost, oldest first; returns how many were taken up.

    Beside the workers and other sweeps: each try is counted, and the next one postponed, before it begins.
    """
    waiting = Arrival.objects.forgotten(at, after=after).fresh()
    ids = list(waiting.order_by("try_after", "pk").values_list("pk", flat=True)[:MAX_ROWS])
    end, taken = time.monotonic() + MAX_SECONDS, 0
    for arrival_id in ids:
        if time.monotonic() > end:
            break
        process_again(arrival_id=arrival_id, at=at, among=waiting)
        taken += 1
    return taken + process_slow(at=at)


def process_slow(*, at: datetime) -> int:
    """Process those whose first try took too long, one at a time over all workers (threats: N02).

    At least one a pass; then as long as no fresh one waits.
    """
    end, taken = time.monotonic() + MAX_SLOW_SECONDS, 0
    pending = Arrival.objects.pending().filter(try_after__lte=at)
    with alone(SLOW_LANE) as is_alone:
        while is_alone and (taken == 0 or (time.monotonic() < end and not pending.fresh().exists())):
            slow = pending.slow().order_by("try_after", "pk").values_list("pk", flat=True).first()
            if slow is None:
                break
            process_again(arrival_id=slow, at=at, among=pending.slow())
            taken += 1
    return taken
