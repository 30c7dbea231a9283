"""The Celery app; tasks are found in the rooms, the schedule is in gru/schedule.py."""

import gc
import os
from typing import Any

from celery import Celery, platforms
from celery.signals import beat_embedded_init, beat_init, celeryd_init, worker_init
from django.utils import timezone

from gru.schedule import beat_schedule

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gru.settings.base")

app = Celery("gru")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.set_default()  # other threads than the one that loads this would enqueue on an app without a broker
app.autodiscover_tasks()
app.conf.beat_schedule = beat_schedule()


@beat_embedded_init.connect
def die_with_the_worker(**_: Any) -> None:
    """End the scheduler with its worker: alone, it would go on enqueueing for ever."""
    platforms.set_pdeathsig("SIGKILL")  # type: ignore[attr-defined]


@worker_init.connect
def share_memory(**_: Any) -> None:
    """Freeze what is loaded before the pool forks, so that the garbage collector leaves it shared."""
    gc.collect()
    gc.freeze()


@beat_embedded_init.connect
@beat_init.connect
def note_start(**_: Any) -> None:
    """Show at once that the scheduler lives: its first task comes a quarter of a minute later."""
    from gru.metrics import heartbeat

    heartbeat.record(at=timezone.now())


@beat_init.connect
@celeryd_init.connect
def refuse_half_configured(**_: Any) -> None:
    """Run our checks, since Celery runs none of Django's by itself."""
    from gru.checks import refuse_half_configured as refuse

    refuse()
