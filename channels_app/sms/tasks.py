from celery import shared_task
from django.utils import timezone

from channels_app.sms import erasing, pictures, polling


@shared_task(name="sms.poll")
def poll(**_later: object) -> None:
    """Fetch the SMS that were never posted to us, and overdue statuses."""
    polling.poll(at=timezone.now())


@shared_task(name="sms.fetch_pictures", time_limit=120, soft_time_limit=100)
def fetch_pictures(*, pictures_id: int, **_later: object) -> None:
    """Fetch the pictures of one SMS."""
    pictures.fetch(pictures_id=pictures_id, at=timezone.now())


@shared_task(name="sms.fetch_waiting")
def fetch_waiting(**_later: object) -> None:
    """Fetch the pictures that no task fetched, or that wait for the provider."""
    pictures.fetch_waiting(at=timezone.now())


@shared_task(name="sms.erase_old")
def erase_old(**_later: object) -> None:
    """Delete at the operator what reached a final state days ago."""
    erasing.erase_old(at=timezone.now())
