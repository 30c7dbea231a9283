"""The Celery app; tasks are found in the rooms, the schedule is in gru/schedule.py."""

import gc
import os
from typing import Any

from celery import Celery, platforms
from celery.signals import beat_embedded_init, beat_init, celeryd_init, worker_init

from gru.schedule import beat_schedule

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gru.settings.base")

app = Celery("gru")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.set_default()  # other threads than the one that loads this would ring on an app without a broker
app.autodiscover_tasks()
app.conf.beat_schedule = beat_schedule()


@beat_embedded_init.connect
def die_with_the_worker(**_: Any) -> None:
    """The scheduler inside a worker that is killed would ring for ever."""
    platforms.set_pdeathsig("SIGKILL")  # type: ignore[attr-defined]


@worker_init.connect
def share_memory(**_: Any) -> None:
    """What is loaded before the pool forks stays shared: the collector must not touch it."""
    gc.collect()
    gc.freeze()


@beat_init.connect
@celeryd_init.connect
def refuse_half_configured(**_: Any) -> None:
    """Celery runs none of Django's checks by itself."""
    from gru.checks import refuse_half_configured as refuse

    refuse()
