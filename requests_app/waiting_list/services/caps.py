"""Never a fourth offer in seven days, to a person nor to a number; never two questions at once."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from requests_app.outbox.models import Outgoing
from requests_app.waiting_list.models import Offer

MAX_OFFERS = 3
PERIOD = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Caps:
    """What was offered lately, by person and by number, and who has not answered yet."""

    persons: Counter[int]
    numbers: Counter[str]
    asked: frozenset[int | str]

    @classmethod
    def read(cls, persons: Collection[int], numbers: Collection[str], at: datetime) -> "Caps":
        """Count for these persons and numbers, in one statement; what never left counts for nothing."""
        lately = Q(offered_at__gt=at - PERIOD) | Q(outcome=Offer.Outcome.PENDING)
        theirs = Q(place__ticket__person__in=persons) | Q(outgoing__recipient__in=numbers)
        rows = Offer.objects.filter(lately, theirs).exclude(outgoing__state__in=Outgoing.NEVER_LEFT)
        found = list(rows.values_list("place__ticket__person", "outgoing__recipient", "outcome"))
        pending = [row for row in found if row[2] == Offer.Outcome.PENDING]
        asked: set[int | str] = {row[0] for row in pending} | {row[1] for row in pending}
        return cls(Counter(row[0] for row in found), Counter(row[1] for row in found), frozenset(asked))

    def allows(self, person: int, number: str) -> bool:
        is_asked = person in self.asked or number in self.asked
        return not is_asked and max(self.persons[person], self.numbers[number]) < MAX_OFFERS
