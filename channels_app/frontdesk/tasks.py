from celery import shared_task
from django.utils import timezone

from channels_app.frontdesk import typed_notes


@shared_task(name="frontdesk.forget")
def forget(**_later: object) -> None:
    """Delete what was typed and never submitted."""
    typed_notes.forget_old(at=timezone.now())
