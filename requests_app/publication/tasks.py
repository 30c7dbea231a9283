from celery import shared_task
from django.utils import timezone

from requests_app.publication import services


@shared_task(name="publication.publish", time_limit=900, soft_time_limit=840)
def publish(**_later: object) -> None:
    """Publish the last quarter once it has settled."""
    services.publish(at=timezone.now())
