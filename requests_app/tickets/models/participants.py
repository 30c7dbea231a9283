from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def present(self) -> Self:
        """Those nobody has removed."""
        return self.filter(removed_at=None)


class Participant(models.Model):
    """Somebody beside the person in a ticket: what they write joins it, what they receive an agent decides.

    Whoever stands in copy of a mail is proposed (``added_by`` empty) and receives nothing. One who was
    removed stays, so that the next copy proposes nobody again, and is a stranger.
    """

    class Role(models.TextChoices):
        COPIED = "copied", _("En copie")
        HELPER = "helper", _("Proche ou aidant")
        SOCIAL_WORKER = "social_worker", _("Travailleur social")
        OTHER = "other", _("Autre")

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="participants")
    address = models.CharField(max_length=254)
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=15, choices=Role.choices)
    may_receive = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")

    removed_at = models.DateTimeField(null=True, blank=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "address"],
                name="participant_once",
                violation_error_message=_("Cette personne est déjà dans la demande."),
            )
        ]

    def __str__(self) -> str:
        return f"participant {self.pk}"
