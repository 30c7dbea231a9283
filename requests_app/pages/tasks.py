from celery import shared_task
from django.utils import timezone

from requests_app.pages import services


@shared_task(name="pages.purge_expired")
def purge_expired(**_later: object) -> None:
    """Delete the pages that Back no longer finds."""
    services.purge_expired(at=timezone.now())
