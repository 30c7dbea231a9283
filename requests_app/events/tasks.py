from celery import shared_task
from django.utils import timezone

from requests_app.events import services


@shared_task(name="events.purge_expired")
def purge_expired(**_later: object) -> None:
    """Delete the events that are past their days."""
    services.purge_expired(at=timezone.now())
