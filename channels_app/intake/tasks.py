from celery import Task, shared_task
from django.utils import timezone

from channels_app.intake import services


@shared_task(bind=True, name="intake.hear", time_limit=120, soft_time_limit=90)
def hear(self: Task, /, *, arrival_id: int, **_later: object) -> None:
    """Understand one arrival; a bell handed back rang for a worker that died."""
    is_again = (self.request.delivery_info or {}).get("redelivered")
    ears = services.hear_again if is_again else services.hear
    ears(arrival_id=arrival_id, at=timezone.now())


@shared_task(name="intake.sweep")
def sweep(**_later: object) -> None:
    """Understand what the doorbell missed."""
    services.sweep(at=timezone.now())


@shared_task(name="intake.reconcile")
def reconcile(**_later: object) -> None:
    """Check that nothing disappeared; an imbalance is said in the log."""
    services.check_balance(at=timezone.now())
