from celery import shared_task
from django.utils import timezone

from channels_app.portal import codes, services


@shared_task(name="portal.forget")
def forget(**_later: object) -> None:
    """Erase what is stored for some days only."""
    services.forget(at=timezone.now())


@shared_task(name="portal.send_code")
def send_code(*, ask_id: int, **_later: object) -> None:
    """Look up the ticket of a number, and send a code to its contact."""
    codes.send(ask_id=ask_id, at=timezone.now())


@shared_task(name="portal.send_codes")
def send_codes(**_later: object) -> None:
    """Send the codes whose task was lost."""
    services.send_codes(at=timezone.now())
