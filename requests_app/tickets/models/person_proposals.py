from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from requests_app.people.models import AccessNeed, ContactPoint


class PersonProposalQuerySet(models.QuerySet["PersonProposal"]):
    def pending(self) -> Self:
        """Narrow to those nobody has decided on: they hold for their ticket, and change no record."""
        return self.filter(is_accepted=None)

    def shared(self) -> Self:
        """Narrow to contacts that somebody else may read, as said for a ticket."""
        return self.pending().filter(kind=PersonProposal.Kind.SHARED)

    def silent(self) -> Self:
        """Narrow to numbers where no voice message may be left, as said for a ticket."""
        return self.pending().filter(kind=PersonProposal.Kind.NO_VOICE)


class PersonProposal(models.Model):
    """How to reach or receive a person, said for one ticket, perhaps by somebody else (N04).

    A form is anonymous, and callers are not always known: an agent accepts the proposal or
    not. ``author`` is the agent who noted it; None when it came by the form. ``contact_kind`` and
    ``contact_value`` name the contact it is about. ``applied`` is what accepting it changed in the
    person's record, so that it can be undone.
    """

    class Kind(models.TextChoices):
        NEED = "need", _("Ce qu’il faut faire")
        SHARED = "shared", _("Contact partagé")
        NO_VOICE = "no_voice", _("Aucun message vocal")
        VOICE = "voice", _("Message vocal possible")

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="person_proposals")
    touchpoint = models.ForeignKey("tickets.Touchpoint", models.CASCADE, related_name="person_proposals")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    need = models.CharField(max_length=20, choices=AccessNeed.Kind.choices, blank=True)
    detail = models.CharField(max_length=200, blank=True)
    contact_kind = models.CharField(max_length=10, choices=ContactPoint.Kind.choices, blank=True)
    contact_value = models.CharField(max_length=254, blank=True)
    said_at = models.DateTimeField()
    author = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    is_accepted = models.BooleanField(null=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    applied = models.JSONField(default=dict, blank=True)

    objects = PersonProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="person_proposal_decided",
                condition=Q(is_accepted=None, decided_at=None)
                | Q(is_accepted__isnull=False, decided_at__isnull=False),
                violation_error_message=_("Une proposition décidée porte une date."),
            )
        ]

    def __str__(self) -> str:
        return f"proposal {self.pk}"
