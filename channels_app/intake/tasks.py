from celery import shared_task
from django.utils import timezone

from channels_app.intake import services


@shared_task(name="intake.hear", time_limit=120, soft_time_limit=90)
def hear(*, arrival_id: int, **_later: object) -> None:
    """Understand one arrival."""
    services.hear(arrival_id=arrival_id, at=timezone.now())


@shared_task(name="intake.sweep")
def sweep(**_later: object) -> None:
    """Understand what the doorbell missed."""
    services.sweep(at=timezone.now())


@shared_task(name="intake.reconcile")
def reconcile(**_later: object) -> None:
    """Check that nothing disappeared; an imbalance is said in the log."""
    services.check_balance(at=timezone.now())
