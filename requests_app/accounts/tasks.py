from celery import shared_task
from django.utils import timezone

from requests_app.accounts import services


@shared_task(name="accounts.forget_sessions")
def forget_sessions(**_later: object) -> None:
    """Delete the sessions that are over."""
    services.forget_sessions(at=timezone.now())
