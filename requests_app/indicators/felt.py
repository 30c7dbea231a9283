"""How it felt, as those who answered said: with their number, and nothing when they are too few."""

from dataclasses import dataclass

from django.db.models import Count

from requests_app.feedback.models import FeltExperience
from requests_app.indicators.periods import Period
from requests_app.indicators.reading import Where
from requests_app.tickets.deadlines import midnight
from requests_app.tickets.selectors.counts import FEW


@dataclass(frozen=True, slots=True)
class Felt:
    """``counts`` by level, the worst first; empty when fewer than five have answered (threats: P06)."""

    answers: int
    counts: tuple[tuple[str, int], ...]

    @property
    def is_hidden(self) -> bool:
        return not self.counts


def felt(where: Where, period: Period) -> Felt:
    """What was said during the period about demands of these places; one statement."""
    said = FeltExperience.objects.filter(
        said_at__gte=midnight(period.first), said_at__lt=midnight(period.after), level__isnull=False
    )
    if where.maisons is not None:
        said = said.filter(ticket__maison_id__in=where.maisons)
    found = dict(said.values_list("level").annotate(n=Count("pk")).order_by())
    answers = sum(found.values())
    if answers < FEW:
        return Felt(answers, ())
    return Felt(
        answers, tuple((str(level.label), found.get(level.value, 0)) for level in FeltExperience.Level)
    )
