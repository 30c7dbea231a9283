from celery import shared_task
from django.utils import timezone

from requests_app.attendance.services import fitting, helping


@shared_task(name="attendance.refit", time_limit=280, soft_time_limit=240)
def refit(**_later: object) -> None:
    """Fit the weights of the month where they are missing."""
    fitting.refit(at=timezone.now())


@shared_task(name="attendance.help_expected", time_limit=280, soft_time_limit=240)
def help_expected(**_later: object) -> None:
    """Add help to come to the appointments two days ahead."""
    helping.help_expected(at=timezone.now())
