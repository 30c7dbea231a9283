from celery import shared_task
from django.utils import timezone

from channels_app.mail import imap


@shared_task(name="mail.poll_imap")
def poll_imap(**_later: object) -> None:
    """Fetch what is new in the mailboxes of GRU_IMAP_URL."""
    imap.poll(at=timezone.now())
