from celery import shared_task
from django.utils import timezone

from requests_app.indicators import services


@shared_task(name="indicators.roll", time_limit=280, soft_time_limit=240)
def roll(**_later: object) -> None:
    """Rewrite the statistics of the days that may have changed."""
    services.roll(at=timezone.now())


@shared_task(name="indicators.measure_groups", time_limit=280, soft_time_limit=240)
def measure_groups(**_later: object) -> None:
    """Rewrite, once a day, what groups of people lived."""
    services.measure_groups(at=timezone.now())
