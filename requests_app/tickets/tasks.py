from celery import shared_task
from django.utils import timezone

from requests_app.tickets.services import legal_watch, merging, orphans, scanning, unusual_readings


@shared_task(name="tickets.scan_touchpoint", time_limit=300, soft_time_limit=280)
def scan_touchpoint(*, touchpoint_id: int, **_later: object) -> None:
    """Scan the files of one message."""
    scanning.scan_touchpoint(touchpoint_id=touchpoint_id, at=timezone.now())


@shared_task(name="tickets.scan_waiting", time_limit=300, soft_time_limit=280)
def scan_waiting(**_later: object) -> None:
    """Scan the files that the task missed."""
    scanning.scan_waiting(at=timezone.now())


@shared_task(name="tickets.forget_merges")
def forget_merges(**_later: object) -> None:
    """Erase what only served to undo a merge."""
    merging.forget_merges(at=timezone.now())


@shared_task(name="tickets.sweep_orphans", time_limit=300, soft_time_limit=280)
def sweep_orphans(**_later: object) -> None:
    """Delete the files that a crash left without a row."""
    orphans.sweep_orphans(at=timezone.now())


@shared_task(name="tickets.watch_clocks", time_limit=600, soft_time_limit=580)
def watch_clocks(**_later: object) -> None:
    """Ask agents for what the law expects soon."""
    legal_watch.watch_clocks(at=timezone.now())


@shared_task(name="tickets.watch_readings")
def watch_readings(**_later: object) -> None:
    """Report unusual accesses to managers."""
    unusual_readings.watch_readings(at=timezone.now())
