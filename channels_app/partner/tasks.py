from celery import shared_task
from django.utils import timezone

from channels_app.partner.publik import following


@shared_task(name="partner.follow")
def follow(**_later: object) -> None:
    """Ask the portals what became of the requests handed over to them."""
    following.follow(at=timezone.now())
