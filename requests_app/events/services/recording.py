"""Record what happened, in the transaction that does it: one statement, whatever the number of facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from requests_app.events.models import DomainEvent
from requests_app.lib.enqueue import enqueue


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What is told of one thing that happened; ids only.

    ``maison`` is the Maison in charge, ``also`` others that may know of it: those among which nobody
    has chosen, or the one that the ticket leaves.
    """

    kind: str
    ticket: str = ""
    into_ticket: str = ""
    person: int | None = None
    into_person: int | None = None
    appointment: int | None = None
    maison: int | None = None
    also: tuple[int, ...] = ()
    topic: int | None = None
    is_sensitive: bool = False


def record(facts: Iterable[Fact], *, at: datetime) -> None:
    """Add facts to the log; their places are given after the commit, then subscriptions are told."""
    rows = [_row(fact, at) for fact in facts]
    if rows:
        DomainEvent.objects.bulk_create(rows)
        enqueue("webhooks.push")


def _row(fact: Fact, at: datetime) -> DomainEvent:
    places = dict.fromkeys([fact.maison, *fact.also])
    return DomainEvent(
        kind=fact.kind,
        at=at,
        ticket=fact.ticket,
        into_ticket=fact.into_ticket,
        person_id=fact.person,
        into_person_id=fact.into_person,
        appointment_id=fact.appointment,
        maison_id=fact.maison,
        maison_ids=[pk for pk in places if pk is not None],
        topic_id=fact.topic,
        is_sensitive=fact.is_sensitive,
    )
