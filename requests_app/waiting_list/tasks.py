from celery import shared_task
from django.utils import timezone

from requests_app.waiting_list import services


@shared_task(name="waiting_list.sweep")
def sweep(**_later: object) -> None:
    """Offer the hours that appointments left to those who wait for them."""
    services.sweep(at=timezone.now())
