"""Awaited tickets whose silence becomes a decision soon, or has become one: by day, nearest first."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Q

from requests_app.access.scope import Scope
from requests_app.catalog.models import Regime, Topic
from requests_app.tickets.competence import add_service_of
from requests_app.tickets.deadlines import midnight, reasons_due, silence_of
from requests_app.tickets.models import State, Ticket
from requests_app.tickets.models.tickets import TicketQuerySet
from requests_app.tickets.selectors import masking

AHEAD, SINCE = timedelta(days=30), timedelta(days=60)
NOT_CLOSED = ~Q(state=State.CLOSED)
MAX_SHOWN = 200
SHOWN = ("topic", "maison", "assignee")
MAX_PAUSE = timedelta(days=370)  # no ticket is suspended for longer than a year


@dataclass(frozen=True, slots=True)
class LegalDay:
    """One row of the list, already masked; ``left`` is negative once the decision is born.

    ``is_reasons``: the day is the last one to give the reasons of a refusal already born.
    """

    reference: str
    topic: str
    place: str
    agent: str
    day: date
    left: int
    is_refusal: bool
    is_reasons: bool = False


def settled_topics() -> list[Topic]:
    """List the topics for which the legal department has settled what silence decides."""
    found = Topic.objects.exclude(regime__in=(Regime.NONE, Regime.TO_VALIDATE))
    return [topic for topic in found if topic.settled_regime != Regime.NONE]


def candidates(tickets: TicketQuerySet, topics: list[Topic], *, today: date) -> TicketQuerySet:
    """Narrow to the awaited tickets of these topics whose day may be near: enough months have gone."""
    within = Q(pk__in=())
    for topic in topics:
        waiting = Q(topic=topic) & NOT_CLOSED | add_service_of(topic)
        within |= waiting & _old_enough(topic.silence_months, today)
    found = tickets.filter(within, merged_into=None)
    return found.select_related("topic").prefetch_related("document_requests")


def upcoming(scope: Scope, *, today: date) -> list[LegalDay]:
    """List, for an agent, what falls within thirty days and what was born within sixty; six statements.

    Reasons we owe stay there until they are given.
    """
    ours = Ticket.objects.within(scope)
    topics = settled_topics()
    found = candidates(ours, topics, today=today).select_related(*SHOWN)
    dated = [(day, ticket) for ticket in found if (day := silence_of(ticket))]
    near = [(day, ticket) for day, ticket in dated if today - SINCE <= day <= today + AHEAD]
    lines = [_line(ticket, day, scope, today) for day, ticket in near]
    owed = reasons_owed(ours, topics).select_related(*SHOWN)
    dues = [(due, ticket) for ticket in owed if (due := reasons_due(ticket))]
    lines += [replace(_line(ticket, due, scope, today), is_reasons=True) for due, ticket in dues]
    return sorted(lines, key=lambda line: (line.day, line.reference))[:MAX_SHOWN]


def reasons_owed(tickets: TicketQuerySet, topics: list[Topic]) -> TicketQuerySet:
    """Narrow to tickets whose person asked why silence refused, and was not answered yet."""
    waiting = NOT_CLOSED
    for topic in topics:
        waiting |= add_service_of(topic)
    return tickets.filter(waiting, reasons_asked_on__isnull=False, merged_into=None)


def pair_days(tickets: Iterable[Ticket], *, today: date) -> list[tuple[Ticket, date]]:
    """Pair each ticket with its day, for those whose day is within thirty days."""
    dated = [(ticket, silence_of(ticket)) for ticket in tickets]
    return [(ticket, day) for ticket, day in dated if day and today <= day <= today + AHEAD]


def _old_enough(months: int, today: date) -> Q:
    """Match tickets old enough for a delay of these months to end soon: a month has 28 days or more."""
    since = today + AHEAD - timedelta(days=28 * months)
    until = today - SINCE - timedelta(days=31 * months) - MAX_PAUSE
    received = Q(received_at__lt=midnight(since + timedelta(days=1)), received_at__gte=midnight(until))
    return received | Q(first_received_on__lte=since)


def _line(ticket: Ticket, day: date, scope: Scope, today: date) -> LegalDay:
    can_read = scope.can_read(ticket.maison_id, ticket.is_sensitive, ticket.shared_with)
    topic = ticket.topic
    words = masking.topic_words(topic.label if topic else None, None, "", is_sensitive=not can_read)
    return LegalDay(
        reference=ticket.reference,
        topic=str(words),
        place=ticket.maison.label if ticket.maison else "",
        agent=ticket.assignee.full_name if ticket.assignee else "",
        day=day,
        left=(day - today).days,
        is_refusal=bool(topic and topic.settled_regime == Regime.SILENCE_REFUSAL),
    )
