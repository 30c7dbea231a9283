from django.db import transaction

from requests_app.tickets.models import Touchpoint


@transaction.atomic
def came_again(*, touchpoint_id: int, step: dict[str, str]) -> None:
    """The same message came once more; ``step`` has its instant (``at``) and its words (``text``)."""
    touchpoint = Touchpoint.objects.select_for_update().filter(pk=touchpoint_id).first()
    if touchpoint:
        touchpoint.facts["way"] = [*touchpoint.facts.get("way", []), step]
        touchpoint.save(update_fields=["facts"])
