from celery import Task, shared_task
from django.utils import timezone

from channels_app.intake import services


@shared_task(bind=True, name="intake.process", time_limit=120, soft_time_limit=90)
def process(self: Task, /, *, arrival_id: int, **_later: object) -> None:
    """Process one arrival; a redelivered task comes from a worker that died."""
    is_again = (self.request.delivery_info or {}).get("redelivered")
    run = services.process_again if is_again else services.process
    run(arrival_id=arrival_id, at=timezone.now())


@shared_task(name="intake.sweep")
def sweep(**_later: object) -> None:
    """Process the arrivals whose task was lost."""
    services.sweep(at=timezone.now())


@shared_task(name="intake.reconcile")
def reconcile(**_later: object) -> None:
    """Check that nothing disappeared; a gap is logged."""
    services.check_balance(at=timezone.now())
