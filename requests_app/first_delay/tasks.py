from celery import shared_task
from django.utils import timezone

from requests_app.first_delay.services import measuring


@shared_task(name="first_delay.measure_day", time_limit=280, soft_time_limit=240)
def measure_day(**_later: object) -> None:
    """Measure the third next available of a working day, at its hour."""
    measuring.measure_day(at=timezone.now())
