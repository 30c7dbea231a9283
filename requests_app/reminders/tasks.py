from celery import shared_task
from django.utils import timezone

from requests_app.reminders import services


@shared_task(name="reminders.sweep")
def sweep(**_later: object) -> None:
    """Plan what has no plan, retry what did not arrive."""
    services.sweep(at=timezone.now())
