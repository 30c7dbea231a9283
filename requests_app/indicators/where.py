"""Which tickets are counted: of some places, of one topic or of all; the same as the lists show."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from requests_app.access.scope import Scope
from requests_app.indicators.models import EVERYWHERE, NOWHERE, DayTotal, TopicDay, TopicDelay, WeekDelay
from requests_app.tickets.models import Ticket
from requests_app.tickets.models.tickets import TicketQuerySet


@dataclass(frozen=True, slots=True)
class Where:
    """The places selected: as keys of the rollups, and as Maisons (None: the whole territory)."""

    keys: tuple[int, ...]
    maisons: frozenset[int] | None
    topic_id: int | None = None

    @property
    def has_several(self) -> bool:
        return self.maisons is None or len(self.maisons) > 1

    @property
    def each_place(self) -> Q:
        """Match the rollups of each place separately."""
        return Q(place__gte=NOWHERE) if self.maisons is None else Q(place__in=self.maisons)

    def tickets(self) -> TicketQuerySet:
        places = {} if self.maisons is None else {"maison_id__in": self.maisons}
        topic = {} if self.topic_id is None else {"topic_id": self.topic_id}
        return Ticket.objects.filter(**places, **topic)

    def days(self) -> "QuerySet[DayTotal] | QuerySet[TopicDay]":
        if self.topic_id is None:
            return DayTotal.objects.all()
        return TopicDay.objects.filter(topic=self.topic_id)

    def delays(self) -> "QuerySet[WeekDelay] | QuerySet[TopicDelay]":
        """Select the delays: rows of a topic are of one channel each; of all topics, "" is all channels."""
        if self.topic_id is None:
            return WeekDelay.objects.all()
        return TopicDelay.objects.filter(topic=self.topic_id)


def where_of(scope: Scope, maison_id: int | None, topic_id: int | None = None) -> Where:
    """Return one Maison of the scope, or all of it."""
    if maison_id is not None:
        return Where((maison_id,), frozenset({maison_id}), topic_id)
    if scope.listed_places.everywhere:
        return Where((EVERYWHERE,), None, topic_id)
    return Where(tuple(sorted(scope.listed_places.maisons)), scope.listed_places.maisons, topic_id)
