from celery import shared_task
from django.utils import timezone

from requests_app.privacy import services


@shared_task(name="privacy.sweep", time_limit=300, soft_time_limit=280)
def sweep(**_later: object) -> None:
    """Make the month's list, destroy what is approved."""
    services.sweep(at=timezone.now())
