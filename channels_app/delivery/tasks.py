from celery import shared_task
from django.utils import timezone

from channels_app.delivery import services


@shared_task(name="delivery.send", time_limit=80, soft_time_limit=60)
def send(*, outgoing_id: int, **_later: object) -> None:
    """Hand over one message."""
    services.send(outgoing_id=outgoing_id, at=timezone.now())


@shared_task(name="delivery.sweep")
def sweep(**_later: object) -> None:
    """Send what is due, settle what is in doubt."""
    services.sweep(at=timezone.now())
