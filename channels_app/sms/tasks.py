from celery import shared_task
from django.utils import timezone

from channels_app.sms import polling


@shared_task(name="sms.poll")
def poll(**_later: object) -> None:
    """Take in the SMS that were never brought to us, ask about those that hang."""
    polling.poll(at=timezone.now())
