from celery import shared_task
from django.utils import timezone

from gru.metrics import heartbeat


@shared_task(name="metrics.heartbeat")
def beat(**_later: object) -> None:
    """Show that the scheduler enqueues and that a worker answers."""
    heartbeat.record(at=timezone.now())
