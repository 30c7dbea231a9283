"""Enqueue a task by name, after the commit; what must not be lost is a row, never the task message."""

import logging
import time

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

SILENCE_S = 5.0  # seconds without trying a broker that failed: nobody who waits for an answer waits for it
_silent_until = 0.0


def enqueue(task: str, **ids: int) -> None:
    """Enqueue a task once the transaction is committed.

    A broker that does not answer is no error: the sweep finds the row (threats: F03, I5).
    """
    transaction.on_commit(lambda: enqueue_now(task, **ids))


def enqueue_now(task: str, **ids: int) -> None:
    """Enqueue a task now, for callers that have already committed."""
    global _silent_until
    if time.monotonic() < _silent_until:
        return
    try:
        current_app.send_task(task, kwargs=ids, retry=False, ignore_result=True)
    except (OperationalError, RedisError, OSError) as error:
        _silent_until = time.monotonic() + SILENCE_S
        logger.warning("enqueue: %s not enqueued (%s)", task, type(error).__name__)
