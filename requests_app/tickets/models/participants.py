from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def present(self) -> Self:
        """Those nobody has removed."""
        return self.filter(removed_at=None)

    def removed(self) -> Self:
        """Return those an agent removed: nothing goes to them by itself any more."""
        return self.exclude(removed_at=None)

    def for_others(self) -> Self:
        """Return those an agent said to write for others, as their work or as an organisation."""
        return self.present().filter(added_by__isnull=False, role__in=FOR_OTHERS)


class Participant(models.Model):
    """Somebody beside the person in a ticket: what they write joins it, what they receive an agent decides.

    Whoever stands in copy of a mail, or wrote it for another, is proposed (``added_by`` empty) and receives
    nothing. One who was removed stays, so that the next copy proposes nobody again, and is a stranger.
    ``address`` is an e-mail or a number (E.164), "" for the one of whom nobody said it. ``person`` is their
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
