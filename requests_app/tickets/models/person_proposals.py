from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from requests_app.people.models import AccessNeed, ContactPoint


class PersonProposalQuerySet(models.QuerySet["PersonProposal"]):
    def pending(self) -> Self:
        """Nobody has decided: it holds for its own ticket, and changes nothing of the person's record."""
        return self.filter(is_accepted=None)

    def shared(self) -> Self:
        """Contacts that somebody else may read, as far as was said for a ticket."""
        return self.pending().filter(kind=PersonProposal.Kind.SHARED)

    def silent(self) -> Self:
        """Numbers where no voice message may be left, as far as was said for a ticket."""
        return self.pending().filter(kind=PersonProposal.Kind.NO_VOICE)


class PersonProposal(models.Model):
    """What was said for one ticket of how to reach or receive its person, who may not have said it (N04).

    A form is anonymous, and whoever calls the counter is not always known there: an agent accepts it or
    not. ``author`` is the agent who heard it; None when it came by the form. ``contact_kind`` and
    ``contact_value`` name the contact that it is about. ``applied`` is what the acceptance changed of the
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
