import re
from typing import Self
from uuid import UUID, uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from requests_app.access.maison_scope import MaisonScope

PREFIX = "evt_"
PUBLIC_ID = re.compile(r"evt_[0-9a-f]{32}", re.ASCII)


class Kind(models.TextChoices):
    """What other software is told; docs/events.md says what each means."""

    TICKET_RECEIVED = "ticket.received", "ticket.received"
    TICKET_ROUTED = "ticket.routed", "ticket.routed"
    TICKET_ANSWERED = "ticket.answered", "ticket.answered"
    TICKET_UNANSWERED = "ticket.unanswered", "ticket.unanswered"
    TICKET_CLOSED = "ticket.closed", "ticket.closed"
    TICKET_REOPENED = "ticket.reopened", "ticket.reopened"
    TICKET_MERGED = "ticket.merged", "ticket.merged"
    TICKET_UNMERGED = "ticket.unmerged", "ticket.unmerged"
    TICKET_REMOVED = "ticket.removed", "ticket.removed"
    TICKET_ERASED = "ticket.erased", "ticket.erased"
    APPOINTMENT_BOOKED = "appointment.booked", "appointment.booked"
    APPOINTMENT_MOVED = "appointment.moved", "appointment.moved"
    APPOINTMENT_CANCELLED = "appointment.cancelled", "appointment.cancelled"
    APPOINTMENT_HELD = "appointment.held", "appointment.held"
    APPOINTMENT_MISSED = "appointment.missed", "appointment.missed"
    PERSON_MERGED = "person.merged", "person.merged"
    PERSON_UNMERGED = "person.unmerged", "person.unmerged"
    PERSON_ERASED = "person.erased", "person.erased"


class DomainEventQuerySet(models.QuerySet["DomainEvent"]):
    def after(self, position: int) -> Self:
        """Filter those placed after this position, in their order."""
        return self.filter(position__gt=position).order_by("position")

    def from_public_id(self, written: str) -> "DomainEvent | None":
        """Return the event of an id that we told, when it is placed and still stored."""
        if not PUBLIC_ID.fullmatch(written):
            return None
        return self.filter(uid=UUID(written.removeprefix(PREFIX)), position__isnull=False).first()

    def unplaced(self) -> Self:
        """Filter those committed since the order was last settled."""
        return self.filter(position=None)

    def visible(self, places: MaisonScope, topics: frozenset[int] | None = None) -> Self:
        """Filter what a key with these Maisons, and these topics if it has any, may be told.

        What no Maison owned belongs to those who hold the whole territory. What has no topic yet, or
        is about a person and not a ticket, is of no topic.
        """
        rows = self if places.everywhere else self.filter(maison_ids__overlap=sorted(places.maisons))
        return rows if topics is None else rows.filter(Q(topic_id__in=topics) | Q(kind__startswith="person."))


class DomainEvent(models.Model):
    """One fact, written in the transaction that made it: ids, kind and instant, never a word of anybody.

    ``position`` is its place in the log, given after the commit (services/ordering.py). ``ticket`` and
    ``into_ticket`` are references: they are told even when the row they named is gone, and so is
    ``person``. ``maison_ids``, ``topic_id`` and ``is_sensitive`` say who may be told, as it was then;
    an empty ``maison_ids`` is for the whole territory.
    """

    uid = models.UUIDField(default=uuid4, unique=True)
    position = models.BigIntegerField(null=True, blank=True, unique=True)
    kind = models.CharField(max_length=30, choices=Kind.choices)
    at = models.DateTimeField()
    ticket = models.CharField(max_length=20, blank=True)
    into_ticket = models.CharField(max_length=20, blank=True)
    person_id = models.BigIntegerField(null=True, blank=True)
    into_person_id = models.BigIntegerField(null=True, blank=True)
    appointment_id = models.BigIntegerField(null=True, blank=True)
    maison = models.ForeignKey(
        "maisons.Maison", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    maison_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    topic_id = models.BigIntegerField(null=True, blank=True)
    is_sensitive = models.BooleanField(default=False)

    objects = DomainEventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["id"], condition=Q(position=None), name="event_unplaced"),
            models.Index(fields=["at"], name="event_expiry"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def public_id(self) -> str:
        """Return the id told outside, which is also the ``webhook-id`` of its push."""
        return f"{PREFIX}{self.uid.hex}"


class EventCounter(models.Model):
    """The one row that numbers the log: the ``last`` position given, and the last one ``purged``."""

    last = models.BigIntegerField(default=0)
    purged = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(name="event_counter_alone", condition=Q(id=1))]

    def __str__(self) -> str:
        return f"{self.last}"
