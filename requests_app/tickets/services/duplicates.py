from django.db import transaction

from requests_app.tickets.models import Touchpoint
from requests_app.tickets.models.touchpoint_facts import StepFact

MAX_STEPS = 50  # of one message; whoever sends it a thousand times adds nothing to read


@transaction.atomic
def record_duplicate(*, touchpoint_id: int, step: StepFact) -> None:
    """Record that a duplicate of the message came."""
    touchpoint = Touchpoint.objects.select_for_update().filter(pk=touchpoint_id).first()
    if touchpoint:
        touchpoint.facts["way"] = [*touchpoint.facts.get("way", [])[: MAX_STEPS - 1], step]
        touchpoint.save(update_fields=["facts"])
