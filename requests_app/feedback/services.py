"""Keep what a person says of how it felt."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from requests_app.feedback.models import FeltExperience
from requests_app.tickets.models import Ticket
from requests_app.tickets.services import hear_beside

LONGEST = 500
AT_ONCE = 5000


@transaction.atomic
def tell(*, ticket: Ticket, level: int | None, sentence: str, at: datetime) -> FeltExperience:
    """Keep it; a second word replaces the first, since people change their mind. A danger is heard too."""
    values = {"level": level, "sentence": sentence.strip()[:LONGEST], "said_at": at}
    felt, _is_new = FeltExperience.objects.update_or_create(ticket=ticket, defaults=values)
    hear_beside(ticket=ticket, text=felt.sentence, at=at)
    return felt


def note_counted(*, ids: Sequence[int], at: datetime) -> None:
    """The figures have taken these answers: they are counted once, whatever the person says later."""
    for start in range(0, len(ids), AT_ONCE):
        FeltExperience.objects.filter(pk__in=ids[start : start + AT_ONCE]).update(counted_at=at)


def count_again() -> None:
    """The figures are written again from the beginning."""
    FeltExperience.objects.exclude(counted_at=None).update(counted_at=None)
