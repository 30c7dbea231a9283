"""What was asked of the agendas, and what they offered: finding nothing is an outcome too."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SlotSearchQuerySet(models.QuerySet["SlotSearch"]):
    def unanswered(self) -> Self:
        """Narrow to those that found nothing."""
        return self.filter(offer=None)


class SlotSearch(models.Model):
    """Somebody looked for a free slot; without ``maison``, at all of them.

    ``ticket`` is empty for whoever only looked. ``agent`` is set when an agent did.
    """

    class Asker(models.TextChoices):
        AGENT = "agent", _("Un agent")
        PERSON = "person", _("La personne, par son lien")
        PUBLIC = "public", _("Quelqu’un, sans lien")

    asker = models.CharField(max_length=10, choices=Asker.choices)
    agent = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    type = models.ForeignKey("appointments.AppointmentType", models.PROTECT, related_name="+")
    maison = models.ForeignKey("maisons.Maison", models.PROTECT, null=True, blank=True, related_name="+")
    ticket = models.ForeignKey(
        "tickets.Ticket",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="slot_searches",
        db_index=False,  # slot_search_of_ticket serves it
    )
    is_first_time = models.BooleanField()
    at = models.DateTimeField()

    objects = SlotSearchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="slot_search_by_agent",
                condition=Q(asker="agent", agent__isnull=False) | ~Q(asker="agent") & Q(agent=None),
                violation_error_message=_("Une recherche d’agent porte son nom."),
            ),
        ]
        indexes = [
            models.Index(fields=["ticket", "at", "id"], name="slot_search_of_ticket"),
            models.Index(fields=["at", "id"], name="slot_search_by_week"),
        ]

    def __str__(self) -> str:
        return f"slot search {self.pk}"


class SlotOffer(models.Model):
    """What a search found: when the first slot starts, and how many there were."""

    search = models.OneToOneField("first_delay.SlotSearch", models.CASCADE, related_name="offer")
    first_start = models.DateTimeField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="slot_offer_of_some",
                condition=Q(count__gte=1),
                violation_error_message=_("Une recherche qui trouve donne au moins un créneau."),
            ),
        ]

    def __str__(self) -> str:
        return f"slot offer {self.pk}"
