from celery import shared_task
from django.utils import timezone

from requests_app.webhooks import services


@shared_task(name="webhooks.push")
def push(**_later: object) -> None:
    """Place what was just committed, and call a worker for each subscription."""
    services.announce(at=timezone.now())


@shared_task(name="webhooks.push_one", time_limit=80, soft_time_limit=60)
def push_one(*, subscription_id: int, **_later: object) -> None:
    """Push to one subscription."""
    services.push(subscription_id=subscription_id, at=timezone.now())


@shared_task(name="webhooks.sweep", time_limit=120, soft_time_limit=100)
def sweep(**_later: object) -> None:
    """Push what no task pushed."""
    services.sweep(at=timezone.now())
