from datetime import datetime
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from requests_app.accounts.models import User
from requests_app.tickets.models import event_data as shapes
from requests_app.tickets.models.event_data import EventData

OF_PERSONS = ("person_linked", "person_back", "person_merged", "person_unmerged")


class EventQuerySet(models.QuerySet["Event"]):
    def record(
        self, *ticket_ids: int, kind: str, by: User | None, at: datetime, data: EventData | None = None
    ) -> None:
        """Record one event in the thread of each ticket: one statement."""
        stored = (data or EventData()).as_json()
        self.bulk_create(self.model(ticket_id=pk, kind=kind, by=by, at=at, data=stored) for pk in ticket_ids)


class Event(models.Model):
    """Something done to a ticket; ``details`` reads what its kind stores in ``data`` (``SHAPES``)."""

    class Kind(models.TextChoices):
        UNSORTED = "unsorted", _("remise à trier")
        ROUTED = "routed", _("orientée")
        TAKEN = "taken", _("prise")
        ASSIGNED = "assigned", _("confiée")
        RELEASED = "released", _("rendue")
        TOPIC_CHANGED = "topic_changed", _("sujet changé")
        REROUTED = "rerouted", _("changée de lieu")
        UNROUTED = "unrouted", _("revenue à son lieu")
        PRIORITY_CHANGED = "priority_changed", _("priorité changée")
        WAITING = "waiting", _("mise en attente")
        PAPERS_ASKED = "papers_asked", _("papiers demandés")
        PAPERS_DAY = "papers_day", _("jour des papiers changé")
        PAPERS_CANCELLED = "papers_cancelled", _("papiers plus demandés")
        PAPERS_RESTORED = "papers_restored", _("papiers de nouveau demandés")
        FIRST_RECEIVED = "first_received", _("reçue d’abord ailleurs")
        REASONS_ASKED = "reasons_asked", _("raisons demandées")
        REASONS_UNASKED = "reasons_unasked", _("raisons plus demandées")
        SERVICE_ANSWERED = "service_answered", _("réponse du service notée")
        SERVICE_UNANSWERED = "service_unanswered", _("réponse du service annulée")
        RESUMED = "resumed", _("reprise")
        CLOSED = "closed", _("terminée")
        REOPENED = "reopened", _("rouverte")
        UNSENT = "unsent", _("envoi annulé")
        PERSON_LINKED = "person_linked", _("personne liée")
        PERSON_BACK = "person_back", _("choix de la personne annulé")
        PERSON_MERGED = "person_merged", _("fiches réunies")
        PERSON_UNMERGED = "person_unmerged", _("fiches séparées")
        TASK_DONE = "task_done", _("chose faite")
        TASK_UNDONE = "task_undone", _("chose remise à faire")
        DANGER = "danger", _("danger entendu")
        DANGER_DISMISSED = "danger_dismissed", _("danger écarté")
        APPOINTMENT = "appointment", _("rendez-vous")
        SALVAGED = "salvaged", _("faite d’un message gardé à part")
        LINKS_CUT = "links_cut", _("liens de suivi coupés")
        LINKS_RESTORED = "links_restored", _("liens de suivi rétablis")
        MERGED = "merged", _("réunie à une autre demande")
        UNMERGED = "unmerged", _("séparée d’une autre demande")
        SPLIT = "split", _("faite d’un message d’une autre demande")
        UNSPLIT = "unsplit", _("remise avec l’autre demande")

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="events")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    data = models.JSONField(default=dict, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["ticket", "at", "id"], name="event_thread"),
            # Events that refer to persons by id: a purge looks for those of an erased person.
            GinIndex(
                fields=["data"],
                opclasses=["jsonb_path_ops"],
                condition=models.Q(kind__in=OF_PERSONS),
                name="event_of_persons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def details(self) -> EventData:
        return read_details(self.kind, self.data)


_K = Event.Kind
SHAPES: dict[str, type[EventData]] = {
    _K.REROUTED: shapes.Rerouted,
    _K.WAITING: shapes.Waiting,
    _K.PAPERS_ASKED: shapes.Waiting,
    _K.PAPERS_DAY: shapes.DocumentsDayChanged,
    _K.PAPERS_CANCELLED: shapes.DocumentsNamed,
    _K.PAPERS_RESTORED: shapes.DocumentsNamed,
    _K.FIRST_RECEIVED: shapes.FirstReceived,
    _K.REASONS_ASKED: shapes.ReasonsAsked,
    _K.SERVICE_ANSWERED: shapes.ServiceAnswered,
    _K.CLOSED: shapes.Closed,
    _K.TASK_DONE: shapes.ToDoChanged,
    _K.TASK_UNDONE: shapes.ToDoChanged,
    _K.APPOINTMENT: shapes.AppointmentChanged,
    **dict.fromkeys(OF_PERSONS, shapes.PersonChanged),
}


def read_details(kind: str, data: dict[str, Any]) -> EventData:
    """Read what an event of this kind stores; a kind of another version stores names and reasons."""
    return SHAPES.get(kind, EventData).read(data)
