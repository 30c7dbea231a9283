"""Enqueue a task by name, after the commit; what must not be lost is a row, never the task message."""

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from requests_app.lib.breaker import Breaker

# A ValueError: the library of Redis stumbles over the buffer of a connection that it has just closed.
breaker = Breaker(OperationalError, RedisError, OSError, ValueError)


def enqueue(task: str, **ids: int) -> None:
    """Enqueue a task once the transaction is committed.

    A broker that does not answer is no error: the sweep finds the row (threats: F03, I5).
    """
    transaction.on_commit(lambda: enqueue_now(task, **ids))


def enqueue_now(task: str, **ids: int) -> None:
    """Enqueue a task now, for callers that have already committed."""
    breaker.ask(lambda: _send(task, ids), None, lost=f"enqueue: {task} not enqueued")


def _send(task: str, ids: dict[str, int]) -> None:
    current_app.send_task(task, kwargs=ids, retry=False, ignore_result=True)
