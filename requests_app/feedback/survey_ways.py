"""By which way somebody was asked how it felt: a message that left, a card, or an agent at the telephone."""

from datetime import datetime

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from requests_app.feedback.candidates import KIND
from requests_app.feedback.models import SurveyCard
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import Ticket


def select_asked(rows: QuerySet[Ticket], *, since: datetime) -> QuerySet[Ticket]:
    """Narrow requests received ``since`` to those asked about, each with ``way``, the key of a channel."""
    sent = Outgoing.objects.filter(kind=KIND, state__in=Outgoing.HANDED_OVER, created_at__gte=since)
    cards = SurveyCard.objects.filter(given_at__gte=since)
    asked = rows.filter(
        Q(pk__in=sent.values("touchpoint__ticket"))
        | Q(pk__in=cards.values("ticket"))
        | (Q(felt__isnull=False) & ~Q(felt__way=""))
    )
    of_ticket = sent.filter(touchpoint__ticket=OuterRef("pk")).order_by("-pk").values("channel")[:1]
    card = cards.filter(ticket=OuterRef("pk")).order_by("-pk").values("way")[:1]
    way = Coalesce(NullIf(F("felt__way"), Value("")), Subquery(of_ticket), Subquery(card))
    return asked.annotate(way=way)
