from celery import shared_task
from django.utils import timezone

from requests_app.feedback import services


@shared_task(name="feedback.invite")
def invite(**_later: object) -> None:
    """Ask how the requests closed lately felt."""
    services.invite(at=timezone.now())
