from celery import shared_task
from django.utils import timezone

from channels_app.chat import telling


@shared_task(name="chat.tell_unread")
def tell_unread(**_later: object) -> None:
    """Send the answers that nobody fetched to the contacts given."""
    telling.tell_unread(at=timezone.now())
