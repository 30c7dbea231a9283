"""Ring a task by name, after the commit; what must not be lost is a row, never the bell."""

import logging

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def wake(task: str, **ids: int) -> None:
    """Ask a worker for a task once the transaction is committed.

    A broker that does not answer is no error: the sweep finds the row (threats: F03, I5).
    """
    transaction.on_commit(lambda: _ring(task, ids))


def _ring(task: str, ids: dict[str, int]) -> None:
    try:
        current_app.send_task(task, kwargs=ids, retry=False, ignore_result=True)
    except (OperationalError, RedisError, OSError) as error:
        logger.warning("wake: %s not rung (%s)", task, type(error).__name__)
