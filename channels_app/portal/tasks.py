from celery import shared_task
from django.utils import timezone

from channels_app.portal import services


@shared_task(name="portal.forget")
def forget(**_later: object) -> None:
    """Erase what is kept for some days only."""
    services.forget(at=timezone.now())
