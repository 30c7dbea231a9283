"""Who the person of a ticket is, how to reach them, and their other tickets within the agent's scope."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from requests_app.access.scope import Scope
from requests_app.people.models import ContactPoint, Person
from requests_app.people.refusals import STOPPED_AT, describe
from requests_app.tickets.models import Ticket
from requests_app.tickets.models.tickets import TicketQuerySet
from requests_app.tickets.selectors import masking

Use = ContactPoint.Use
MAX_OTHERS = 6
MAX_CANDIDATES = 8
MAX_POINTS = 50
OTHER_COLUMNS = (
    "person_id",
    "reference",
    "state",
    "is_sensitive",
    "topic_name",
    "proposed_name",
    "subject",
)


@dataclass(frozen=True, slots=True)
class Contact:
    """``was_used`` when they wrote from there, or proved it is theirs; ``usable_for`` empty says nothing.

    ``stopped_at`` is since when reminders are refused there (« STOP »), None while they are not.
    """

    id: int
    kind: str
    value: str
    is_shared: bool
    needs_check: bool
    usable_for: list[str]
    was_used: bool
    stopped_at: datetime | None = None

    @property
    def refusals(self) -> list[str]:
        """Return what must not be sent there, in words."""
        closed = [str(_("Ne pas utiliser ce contact."))] if self.usable_for == [Use.NOTHING] else []
        return [*closed, *([describe(self.stopped_at)] if self.stopped_at else [])]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody else who answers at the same contact point."""

    id: int
    name: str
    birth_year: int | None


@dataclass(frozen=True, slots=True)
class ContactInfo:
    """How to reach the person of a ticket, and who else it may be.

    ``stops`` are the addresses that refuse reminders, and since when, whoever owns them.
    """

    contacts: list[Contact]
    candidates: list[Candidate]
    stops: dict[str, datetime] = field(default_factory=dict)
    person_id: int | None = None

    @property
    def has_phone(self) -> bool:
        """Tell whether the person can be called at all."""
        return any(contact.kind == ContactPoint.Kind.PHONE for contact in self.contacts)


@dataclass(frozen=True, slots=True)
class Other:
    """Another ticket of the same person."""

    reference: str
    words: str | Promise
    state: str


def contact_info_of(ticket: Ticket) -> ContactInfo:
    """Read their contact points and the people who share them, in one statement."""
    contacts: list[Contact] = []
    candidates: dict[int, Candidate] = {}
    stops: dict[str, datetime] = {}
    for person_id, given, family, usage, year, *row in _points(ticket):
        contact = Contact(*row)
        if contact.stopped_at:
            stops[contact.value] = contact.stopped_at
        if person_id == ticket.person_id:
            contacts.append(contact)
        elif len(candidates) < MAX_CANDIDATES:
            name = Person(given_name=given, family_name=family, usage_name=usage).full_name
            candidates[person_id] = Candidate(person_id, name, year)
    return ContactInfo(contacts, list(candidates.values()), stops, ticket.person_id)


def candidates_at(ticket: Ticket) -> QuerySet[ContactPoint]:
    """Narrow to contact points of the other persons this ticket may come from."""
    # Both kinds are named so that the unique index (kind, value, person) serves.
    points = ContactPoint.objects.filter(kind__in=ContactPoint.Kind.values)
    if ticket.person_id is None:
        return points.filter(value=ticket.touchpoints.order_by("pk").values("sender")[:1])
    shared = ContactPoint.objects.filter(person=ticket.person_id, is_shared=True)
    return points.filter(value__in=shared.values("value")).exclude(person=ticket.person_id)


# Theirs, and those of whoever shares one; or, without a person, of whoever is known at the sender.
POINTS = """
SELECT c.person_id, p.given_name, p.family_name, p.usage_name, p.birth_year,
       c.id, c.kind, c.value, c.is_shared OR EXISTS ({shared_here}), c.needs_check, c.usable_for,
       {used}, {stopped}
  FROM people_contactpoint c JOIN people_person p ON p.id = c.person_id
 WHERE {which}
 LIMIT %(limit)s
"""
USED = """c.verified_at IS NOT NULL OR EXISTS
 (SELECT 1 FROM tickets_ticket k JOIN tickets_touchpoint t ON t.ticket_id = k.id
   WHERE k.person_id = c.person_id AND t.direction = 'in' AND t.sender = c.value)"""
# As said for this ticket only, until an agent decides (threats: N04).
SHARED_HERE = """SELECT 1 FROM tickets_personproposal q WHERE q.ticket_id = %(ticket)s
 AND q.kind = 'shared' AND q.is_accepted IS NULL AND q.contact_value = c.value"""
HERS = "c.person_id = %(person)s"
SHARED = """c.person_id <> %(person)s AND (c.kind, c.value) IN
 (SELECT h.kind, h.value FROM people_contactpoint h WHERE h.person_id = %(person)s AND h.is_shared)"""
AT_SENDER = """c.kind IN ('email', 'phone') AND c.value =
 (SELECT t.sender FROM tickets_touchpoint t WHERE t.ticket_id = %(ticket)s ORDER BY t.id LIMIT 1)"""


def _points(ticket: Ticket) -> list[tuple[Any, ...]]:
    parts = [(AT_SENDER, "false")] if ticket.person_id is None else [(HERS, USED), (SHARED, "false")]
    sql = " UNION ALL ".join(
        f"({POINTS.format(which=which, used=used, stopped=STOPPED_AT, shared_here=SHARED_HERE)})"
        for which, used in parts
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, {"person": ticket.person_id, "ticket": ticket.pk, "limit": MAX_POINTS})
        return cursor.fetchall()


def other_tickets_of(ticket: Ticket, *, scope: Scope) -> QuerySet[Ticket, dict[str, Any]]:
    """Read the person's other tickets the agent may read, newest first; ``other_of`` reads a row.

    A reserved one beside their name would say too much (threats: A03).
    """
    others = Ticket.objects.readable(scope).filter(person=ticket.person_id).exclude(pk=ticket.pk)
    return _name_topics(others.exclude(merged_into=ticket))[:MAX_OTHERS]


def tickets_of(person_ids: Collection[int], *, scope: Scope) -> dict[int, list[Other]]:
    """Read the tickets of several persons that the agent may read, by person: one statement."""
    found: dict[int, list[Other]] = {pk: [] for pk in person_ids}
    tickets = Ticket.objects.readable(scope).filter(person__in=person_ids)
    for row in _name_topics(tickets)[: MAX_OTHERS * max(1, len(person_ids))]:
        found[row["person_id"]].append(other_of(**row))
    return found


def _name_topics(tickets: TicketQuerySet) -> QuerySet[Ticket, dict[str, Any]]:
    named = tickets.annotate(topic_name=F("topic__label"), proposed_name=F("proposed_topic__label"))
    return named.order_by("-received_at", "-pk").values(*OTHER_COLUMNS)


def other_of(
    *,
    reference: str,
    state: str,
    is_sensitive: bool,
    topic_name: str | None,
    proposed_name: str | None,
    subject: str,
    **_person: int,
) -> Other:
    """Build a row of a short list; a sensitive ticket without its text (threats: A03)."""
    words = masking.topic_words(topic_name, proposed_name, subject, is_sensitive=is_sensitive)
    return Other(reference, words, state)
