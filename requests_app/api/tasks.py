from celery import shared_task
from django.utils import timezone

from requests_app.api import idempotency


@shared_task(name="api.purge_answers")
def purge_answers(**_later: object) -> None:
    """Delete the answers stored for retries, after two days."""
    idempotency.purge_answers(at=timezone.now())
