from datetime import datetime, timedelta
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from requests_app.access.scope import Scope
from requests_app.channels.registry import choices


class State(models.TextChoices):
    TO_SORT = "to_sort", _("À trier")
    OPEN = "open", _("Ouverte")
    WAITING_PERSON = "waiting_person", _("En attente d’un papier")
    WAITING_OTHER = "waiting_other", _("En attente d’un autre service")
    CLOSED = "closed", _("Terminée")


LATE_AFTER = timedelta(days=5)
WAITING = (State.WAITING_PERSON, State.WAITING_OTHER)


class Outcome(models.TextChoices):
    ANSWERED = "answered", _("Répondue")
    REFUSED = "refused", _("Refusée")
    ORIENTED = "oriented", _("Personne orientée")
    TRANSFERRED = "transferred", _("Transmise à l’organisme compétent")
    WITHDRAWN = "withdrawn", _("Retirée par la personne")
    DUPLICATE = "duplicate", _("Déjà suivie dans une autre demande")
    UNWANTED = "unwanted", _("Message indésirable")


class Priority(models.TextChoices):
    NORMAL = "normal", _("Normale")
    URGENT = "urgent", _("Urgente")


class Mark(models.TextChoices):
    """What the software noticed in the text: shown to agents, who decide."""

    DANGER = "danger", _("Danger")
    MACHINE = "machine", _("Semble écrit par une machine")


class TicketQuerySet(models.QuerySet["Ticket"]):
    def open(self) -> Self:
        return self.exclude(state=State.CLOSED)

    def to_sort(self) -> Self:
        return self.filter(state=State.TO_SORT)

    def unplaced(self) -> Self:
        """Narrow to tickets that no Maison has: the central team places them or passes them on."""
        return self.open().filter(maison=None)

    def late(self, now: datetime) -> Self:
        """Narrow to tickets that have waited for us for more than five days."""
        return self.open().exclude(state__in=WAITING).filter(waiting_since__lt=now - LATE_AFTER)

    def within(self, scope: Scope) -> Self:
        """Narrow to tickets this agent may know of; list, detail and counts all use this word."""
        return self.filter(scope.as_q())

    def readable(self, scope: Scope) -> Self:
        """Narrow to tickets this agent may read: ``within`` less the sensitive ones held by others."""
        return self.filter(scope.readable_q())


class Ticket(models.Model):
    """What a citizen asks, to be answered, whatever the channel.

    ``first_received_on`` is the day another administration received it, when it came from one (art. L114-3).
    ``service_answered_on`` is the day a service of ours answered what it was given (competence.py).
    ``reasons_asked_on`` is the day the person asked why our silence refuses, until we answer (L232-4).
    ``decided_on`` is the day of our first decision: silence decides nothing once we have.
    ``waiting_since`` is when the person began to wait for us, reset by each answer of ours, which
    ``first_answered_at`` and ``answered_at`` (the last) date. ``is_sensitive``, ``sender``,
    ``excerpt`` and ``tasks_count`` (the open ones) copy the topic (or the mark of danger), the last message
    received and the tasks, so that a list reads one table. ``excerpt_channel`` is that message's channel, ""
    when it is the ticket's. ``person_wrote_at`` is its instant, None once we have answered it
    or an agent has read it (services/new_words.py). ``missing_papers`` may come until
    ``papers_until``; each request is a ``DocumentRequest``, from which deadlines.clock_of counts:
    ``papers_waited_days`` is written for the previous version only, and goes with the next one. A ticket
    ``merged_into`` another one continues there and keeps its own rows; ``split_from`` is the message of
    another ticket that this one was made from.
    ``archived_at`` is since when it is in the restricted archive, which opens only for a stated reason.
    ``external_id`` is what the program that brought it calls it.
    ``shared_with`` are the Maisons among which nobody has chosen yet, while ``maison`` is empty.
    """

    reference = models.CharField(max_length=20, unique=True)
    channel = models.CharField(max_length=10, choices=choices)
    state = models.CharField(max_length=20, choices=State.choices, default=State.TO_SORT)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    priority = models.CharField(max_length=10, choices=Priority.choices, default=Priority.NORMAL)
    marks = ArrayField(
        models.CharField(max_length=20, choices=Mark.choices), default=list, db_default=[], blank=True
    )
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="tickets")
    topic = models.ForeignKey(
        "catalog.Topic",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tickets",
        db_index=False,  # ticket_topic_received serves it
    )
    proposed_topic = models.ForeignKey(
        "catalog.Topic", models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposed_words = models.JSONField(default=list, blank=True)
    is_sensitive = models.BooleanField(default=False)
    maison = models.ForeignKey(
        "maisons.Maison", models.PROTECT, null=True, blank=True, related_name="tickets"
    )
    shared_with = ArrayField(models.BigIntegerField(), default=list, db_default=[], blank=True)
    decision = models.ForeignKey(
        "routing.RoutingDecision", models.PROTECT, null=True, blank=True, related_name="tickets"
    )
    transfer_body = models.CharField(max_length=250, blank=True)
    assignee = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="tickets"
    )
    language = models.CharField(max_length=5, blank=True, default="", db_default="")  # they wrote in
    sender = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    excerpt = models.CharField(max_length=200, blank=True)
    excerpt_channel = models.CharField(max_length=10, choices=choices, default="", db_default="", blank=True)
    person_wrote_at = models.DateTimeField(null=True, blank=True)
    external_id = models.CharField(max_length=100, blank=True, default="", db_default="")
    files_count = models.PositiveIntegerField(default=0)
    tasks_count = models.PositiveSmallIntegerField(default=0, db_default=0)
    received_at = models.DateTimeField()
    first_received_on = models.DateField(null=True, blank=True)
    reasons_asked_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    service_answered_on = models.DateField(null=True, blank=True)
    waiting_since = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    first_answered_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    archived_at = models.DateTimeField(null=True, blank=True)
    missing_papers = models.TextField(blank=True, default="", db_default="")  # one per line
    papers_until = models.DateField(null=True, blank=True)
    papers_asked_at = models.DateTimeField(null=True, blank=True)
    papers_complete_at = models.DateTimeField(null=True, blank=True)
    papers_waited_days = models.PositiveSmallIntegerField(default=0, db_default=0)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_tickets",
        db_index=False,  # ticket_merged_into serves it
    )
    split_from = models.ForeignKey(
        "tickets.Touchpoint",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="split_tickets",
        db_index=False,  # ticket_split_from serves it
    )
    version = models.PositiveIntegerField(default=1)

    objects = TicketQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="ticket_closed_with_outcome",
                condition=Q(state=State.CLOSED, closed_at__isnull=False) & ~Q(outcome="")
                | ~Q(state=State.CLOSED) & Q(closed_at=None, closed_by=None, outcome=""),
                violation_error_message=_("Une demande terminée porte une date et une issue."),
            ),
            models.CheckConstraint(
                name="ticket_assigned_is_sorted",
                condition=~Q(state=State.TO_SORT) | Q(assignee=None),
                violation_error_message=_("Une demande confiée à quelqu’un n’est plus à trier."),
            ),
        ]
        indexes = [
            # One index per list of the triage page; the closed ones, nine in ten, stay out.
            models.Index(
                fields=["maison", "state", "waiting_since", "id"],
                condition=~Q(state=State.CLOSED),
                name="ticket_maison_list",
            ),
            models.Index(
                fields=["state", "waiting_since", "id"],
                condition=~Q(state=State.CLOSED),
                name="ticket_all_list",
            ),
            models.Index(
                fields=["waiting_since", "id"],
                condition=Q(maison=None, transfer_body="") & ~Q(state=State.CLOSED),
                name="ticket_to_place_list",
            ),
            GinIndex(fields=["shared_with"], condition=Q(maison=None), name="ticket_shared_list"),
            models.Index(
                fields=["assignee", "waiting_since", "id"],
                condition=~Q(state=State.CLOSED),
                name="ticket_mine_list",
            ),
            models.Index(fields=["person", "maison"], name="ticket_person_place"),
            # Walked by the lists of several Maisons whose condition names no single state.
            models.Index(
                fields=["waiting_since", "id"], condition=~Q(state=State.CLOSED), name="ticket_open_list"
            ),
            models.Index(fields=["due_at", "id"], condition=~Q(state=State.CLOSED), name="ticket_due_list"),
            models.Index(
                fields=["maison", "waiting_since", "id"],
                condition=Q(is_sensitive=True) & ~Q(state=State.CLOSED),
                name="ticket_sensitive_list",
            ),
            models.Index(
                fields=["waiting_since", "id"],
                condition=~Q(transfer_body="") & ~Q(state=State.CLOSED),
                name="ticket_transfer_list",
            ),
            # The day's statistics, from the index alone (indicators/reading.py), and the lists behind them.
            models.Index(
                fields=["received_at", "id"],
                include=["maison", "channel", "topic"],
                name="ticket_received_figures",
            ),
            models.Index(
                fields=["closed_at"],
                include=["maison"],
                condition=Q(closed_at__isnull=False),
                name="ticket_closed_figures",
            ),
            models.Index(
                fields=["first_answered_at"],
                include=["maison", "channel", "received_at"],
                condition=Q(first_answered_at__isnull=False),
                name="ticket_answered_figures",
            ),
            models.Index(fields=["maison", "received_at", "id"], name="ticket_maison_received"),
            models.Index(fields=["topic", "received_at", "id"], name="ticket_topic_received"),
            models.Index(
                fields=["topic", "state", "waiting_since", "id"],
                include=["maison"],
                condition=~Q(state=State.CLOSED),
                name="ticket_topic_list",
            ),
            models.Index(
                fields=["maison", "waiting_since", "id"],
                condition=Q(state=State.OPEN, assignee=None),
                name="ticket_to_take_list",
            ),
            # Closed ones too: an answer that ended a ticket may bounce.
            models.Index(
                fields=["maison", "waiting_since", "id"],
                condition=Q(tasks_count__gt=0),
                name="ticket_todo_list",
            ),
            models.Index(
                fields=["maison", "waiting_since", "id"],
                condition=Q(person_wrote_at__isnull=False),
                name="ticket_answered_list",
            ),
            models.Index(
                fields=["topic", "received_at", "id"],
                condition=Q(outcome=Outcome.TRANSFERRED),
                name="ticket_given_list",
            ),
            models.Index(fields=["external_id"], condition=~Q(external_id=""), name="ticket_external_id"),
            models.Index(
                fields=["merged_into"],
                condition=Q(merged_into__isnull=False),
                name="ticket_merged_into",
            ),
            models.Index(
                fields=["split_from"], condition=Q(split_from__isnull=False), name="ticket_split_from"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.state != State.CLOSED

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None

    @property
    def papers_missing(self) -> list[str]:
        return self.missing_papers.splitlines()

    @property
    def is_by_machine(self) -> bool:
        return Mark.MACHINE in self.marks

    @property
    def has_new_words(self) -> bool:
        """Tell whether the person wrote since our last message, and nobody has marked it as read."""
        return self.person_wrote_at is not None

    @property
    def words_channel(self) -> str:
        """Return the channel of the last message received."""
        return self.excerpt_channel or self.channel

    @property
    def is_urgent(self) -> bool:
        return self.priority == Priority.URGENT

    @property
    def is_in_danger(self) -> bool:
        return Mark.DANGER in self.marks
