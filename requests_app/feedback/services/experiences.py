"""Save a person's feedback."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from requests_app.feedback.models import FeltExperience, LeavingOpinion
from requests_app.tickets.models import Ticket
from requests_app.tickets.services import mark_if_danger, record_opinion

MAX_LENGTH = 500
AT_ONCE = 5000


@transaction.atomic
def tell(*, ticket: Ticket, level: int | None, sentence: str, at: datetime, way: str = "") -> FeltExperience:
    """Save it; a second answer replaces the first, since people change their mind. Detect dangers too.

    ``way``: the channel that asked, "" on the pages of the request.
    """
    values = {"level": level, "sentence": sentence.strip()[:MAX_LENGTH], "said_at": at, "way": way}
    felt, _is_new = FeltExperience.objects.update_or_create(ticket=ticket, defaults=values)
    if _asks_to_be_read(felt):
        face = FeltExperience.Level(level).label if level else ""
        record_opinion(ticket=ticket, face=face, sentence=felt.sentence, at=at)
    mark_if_danger(ticket=ticket, text=felt.sentence, at=at)
    return felt


def withdraw_opinion(*, ticket: Ticket, way: str, said_at: datetime) -> None:
    """Withdraw what an agent noted with a contact that is undone."""
    FeltExperience.objects.filter(ticket=ticket, way=way, said_at=said_at).delete()


def tell_effort(*, ticket: Ticket, effort: int) -> bool:
    """Add the effort to what was told; tell whether there was something to add it to."""
    return bool(FeltExperience.objects.filter(ticket=ticket).update(effort=effort))


def is_opinion_told(ticket: Ticket) -> bool:
    """Tell whether feedback was given on the ticket, or on one merged into it."""
    return FeltExperience.objects.filter(Q(ticket=ticket) | Q(ticket__merged_into=ticket)).exists()


def _asks_to_be_read(felt: FeltExperience) -> bool:
    """Tell whether an agent should read it: a bad face is enough; another needs words beyond thanks."""
    if felt.level is not None and felt.level <= FeltExperience.Level.BAD:
        return True
    return bool(felt.sentence) and (felt.level is None or felt.level == FeltExperience.Level.SO_SO)


def note_counted(model: type[FeltExperience | LeavingOpinion], *, ids: Sequence[int], at: datetime) -> None:
    """Mark these answers as counted: only once, whatever the person says later."""
    for start in range(0, len(ids), AT_ONCE):
        model.objects.filter(pk__in=ids[start : start + AT_ONCE]).update(counted_at=at)


def count_again() -> None:
    """Reset the marks: the statistics are rebuilt from the beginning."""
    for model in (FeltExperience, LeavingOpinion):
        model.objects.exclude(counted_at=None).update(counted_at=None)
