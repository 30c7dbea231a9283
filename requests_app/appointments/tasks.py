from celery import shared_task
from django.utils import timezone

from requests_app.appointments import services


@shared_task(name="appointments.purge_holds")
def purge_holds(**_later: object) -> None:
    """Delete the holds that expired and that nobody booked over."""
    services.purge_expired_holds(at=timezone.now())
