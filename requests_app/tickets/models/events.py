from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

OF_PERSONS = ("person_linked", "person_back", "person_merged", "person_unmerged")


class Event(models.Model):
    """Something done to a ticket; ``data`` holds the text shown: from, to, reason.

    Events of ``OF_PERSONS`` say in ``persons`` whose names ``from`` and ``to`` are.
    """

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
