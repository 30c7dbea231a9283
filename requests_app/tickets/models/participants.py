from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def present(self) -> Self:
        """Narrow to those nobody has removed."""
        return self.filter(removed_at=None)

    def removed(self) -> Self:
        """Narrow to those an agent removed: no automatic message goes to them any more."""
        return self.exclude(removed_at=None)


class Participant(models.Model):
    """Somebody who takes part in a ticket beside its person; agents decide what they receive.

    Those in copy of a mail, or who wrote it for another, are proposed (``added_by`` empty) and receive
    nothing. A removed one keeps their row, so that the next copy proposes nobody again, and is a stranger.
    ``address`` is an e-mail or a number (E.164), "" when nobody gave it. ``person`` is their
    own record, when they have one.
    """

    class Role(models.TextChoices):
        COPIED = "copied", _("En copie")
        RELATIVE = "relative", _("Proche")
        HELPER = "helper", _("Aidant")
        SOCIAL_WORKER = "social_worker", _("Travailleur social")
        PROFESSIONAL = "professional", _("Professionnel")
        ORGANISATION = "organisation", _("Organisme")
        COLLEAGUE = "colleague", _("Collègue")
        OTHER = "other", _("Autre")

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="participants")
    person = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    address = models.CharField(max_length=254, blank=True)
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
        indexes = [models.Index(fields=["address"], name="participant_address")]

    def __str__(self) -> str:
        return f"participant {self.pk}"


Role = Participant.Role
FOR_OTHERS = (Role.SOCIAL_WORKER, Role.PROFESSIONAL, Role.ORGANISATION, Role.COLLEAGUE)
