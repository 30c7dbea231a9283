"""Keep what a person says of how it felt."""

from datetime import datetime

from django.db import transaction

from requests_app.feedback.models import FeltExperience
from requests_app.tickets.models import Ticket

LONGEST = 500


@transaction.atomic
def tell(*, ticket: Ticket, level: int | None, sentence: str, at: datetime) -> FeltExperience:
    """Keep it; a second word replaces the first, since people change their mind."""
    values = {"level": level, "sentence": sentence.strip()[:LONGEST], "said_at": at}
    felt, _is_new = FeltExperience.objects.update_or_create(ticket=ticket, defaults=values)
    return felt
