"""Which closed tickets a survey may ask about, and by which contact (design/experience.md, 2)."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from requests_app.channels.description import Medium
from requests_app.channels.registry import key_of
from requests_app.channels.ways_out import ways_out
from requests_app.feedback.models import FeltExperience, SurveyCard
from requests_app.outbox.models import Outgoing
from requests_app.people.models import ContactChoice, ContactPoint
from requests_app.people.models.contact_choices import SURVEY
from requests_app.tickets.models import Outcome, State, Ticket
from requests_app.tickets.models.tickets import Mark

KIND = Outgoing.Kind.SURVEY
ASKED_AFTER = timedelta(days=1)  # an agent may have closed it by mistake; the person may write again
NOT_AFTER = timedelta(days=7)  # later, people no longer remember: after a stop of ours nobody is asked
EVERY = timedelta(days=90)
NOT_ASKED = (Outcome.WITHDRAWN, Outcome.UNWANTED, Outcome.DUPLICATE)
MAX_ROWS = 200  # per pass
Use = ContactPoint.Use


@dataclass(frozen=True, slots=True)
class Candidate:
    """A ticket to ask about, and where: by the channel that the person used, or what their form gave."""

    ticket: Ticket
    point: ContactPoint
    channel: str

    @property
    def key(self) -> str:
        return f"survey:ticket-{self.ticket.pk}"


def list_candidates(at: datetime) -> list[Candidate]:
    """List who to ask now, one ticket a person and a contact; four statements, whatever their number."""
    tickets = list(_closed_lately(at).select_related("person").order_by("closed_at", "pk")[:MAX_ROWS])
    usable = _usable_points(tickets)
    found = [each for ticket in tickets if (each := _choose(ticket, usable[ticket.person_id or 0]))]
    return _one_each(found, _asked_lately([each.point.value for each in found], at))


def _closed_lately(at: datetime) -> QuerySet[Ticket]:
    """Select those that anyone may be asked about: no reserved one, nobody in danger, nobody asked lately."""
    theirs = Ticket.objects.filter(person=OuterRef("person"))
    in_danger = theirs.filter(marks__contains=[Mark.DANGER])
    told = FeltExperience.objects.filter(
        Q(ticket=OuterRef("pk")) | Q(ticket__merged_into=OuterRef("pk")), said_at__gte=OuterRef("received_at")
    )
    rows = Ticket.objects.filter(
        state=State.CLOSED,
        closed_at__gt=at - NOT_AFTER,
        closed_at__lte=at - ASKED_AFTER,
        merged_into=None,
        is_sensitive=False,
        person__isnull=False,
        channel__in=[*_keys(), key_of(Medium.PAGE)],
    )
    asked_before = Outgoing.objects.filter(kind=KIND, touchpoint__ticket=OuterRef("pk"))
    rows = (
        rows.filter(~Exists(asked_before))
        .exclude(outcome__in=NOT_ASKED)
        .exclude(marks__overlap=[Mark.DANGER, Mark.MACHINE])
    )
    lately = (~Exists(each) for each in _select_asked(at, person=OuterRef("person")))
    return rows.filter(~Exists(in_danger), ~Exists(told), *lately)


def is_asked_lately(person_id: int | None, at: datetime) -> bool:
    """Tell whether this person was asked, or said how it felt, in the last ninety days."""
    return person_id is not None and any(each.exists() for each in _select_asked(at, person=person_id))


def _select_asked(at: datetime, *, person: Any) -> tuple[QuerySet[Any], ...]:
    """Select what asked this person lately, whatever became of their records: tickets follow a merge."""
    since = at - EVERY
    sent = Outgoing.objects.filter(kind=KIND, created_at__gt=since, touchpoint__ticket__person=person)
    return (
        sent.exclude(state__in=Outgoing.NEVER_LEFT),
        SurveyCard.objects.filter(ticket__person=person, given_at__gt=since),
        FeltExperience.objects.filter(ticket__person=person, said_at__gt=since),
    )


def _keys() -> list[str]:
    """Return the channels that carry such a message to a contact on record."""
    return [each.key for each in ways_out() if each.outbound and each.outbound.reminder_place is not None]


def _usable_points(tickets: Sequence[Ticket]) -> dict[int, list[ContactPoint]]:
    """Return by person the contacts that are theirs alone, and where nobody said no."""
    said = ContactChoice.objects.filter(kind=OuterRef("kind"), value=OuterRef("value"), use=SURVEY)
    last = Subquery(said.order_by("-at", "-pk").values("is_allowed")[:1])
    others = ContactPoint.objects.filter(kind=OuterRef("kind"), value=OuterRef("value"))
    rows = ContactPoint.objects.alias(said=last).filter(
        Q(said=None) | Q(said=True),
        ~Exists(others.exclude(person=OuterRef("person"))),
        person__in={ticket.person_id for ticket in tickets},
        is_shared=False,
        needs_check=False,
    )
    points: dict[int, list[ContactPoint]] = defaultdict(list)
    for point in rows.order_by("-verified_at", "pk"):
        if point.allows(Use.ANSWER) and point.allows(Use.REMINDER):
            points[point.person_id].append(point)
    return points


def _choose(ticket: Ticket, points: Collection[ContactPoint]) -> Candidate | None:
    """Choose where their channel reaches them, or any for a form: the contact they wrote from first."""
    keys = [ticket.channel] if ticket.channel in _keys() else _keys()
    reached = [
        Candidate(ticket, point, each.key)
        for each in ways_out()
        if each.outbound and each.key in keys
        for point in points
        if each.outbound.reaches(point)
    ]
    return next((each for each in reached if each.point.value == ticket.sender), next(iter(reached), None))


def _asked_lately(values: Collection[str], at: datetime) -> set[str]:
    sent = Outgoing.objects.filter(kind=KIND, recipient__in=values, created_at__gt=at - EVERY)
    return set(sent.exclude(state__in=Outgoing.NEVER_LEFT).values_list("recipient", flat=True))


def _one_each(found: Sequence[Candidate], asked: set[str]) -> list[Candidate]:
    persons: set[int | None] = set()
    chosen = []
    for each in found:
        if each.ticket.person_id not in persons and each.point.value not in asked:
            chosen.append(each)
            persons.add(each.ticket.person_id)
            asked.add(each.point.value)
    return chosen
