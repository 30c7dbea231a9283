from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from requests_app.lib.holdings import TICKET


class Fate(models.TextChoices):
    LISTED = "listed", _("À détruire")
    REFUSED = "refused", _("Gardée")
    CHANGED = "changed", _("Reprise depuis")
    PURGED = "purged", _("Détruite")


class DisposalLineQuerySet(models.QuerySet["DisposalLine"]):
    def to_purge(self) -> Self:
        """Narrow to approved ones not destroyed yet."""
        return self.filter(fate=Fate.LISTED, schedule__visa_at__isnull=False)


class DisposalLine(models.Model):
    """One ticket that ends, with those merged into it or split from it.

    Or rows without a ticket: ``row_ids`` of ``model`` (see lib/holdings.py, Loose).
    ``ticket_ids`` are no foreign keys: the line outlives them. Nothing here names or quotes a person: only
    numbers, days, the rule, who decided, how many rows and files went (``counts``, by model).
    """

    Fate = Fate

    schedule = models.ForeignKey("privacy.DisposalSchedule", models.PROTECT, related_name="lines")
    model = models.CharField(max_length=50, default=TICKET, db_default=TICKET)
    ticket_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    row_ids = ArrayField(models.BigIntegerField(), default=list, db_default=[], blank=True)
    references = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    topic_code = models.CharField(max_length=50, blank=True)
    topic_label = models.CharField(max_length=120, blank=True)
    maison_label = models.CharField(max_length=200, blank=True)
    received_on = models.DateField()
    last_contact_on = models.DateField()
    ends_on = models.DateField()
    active_months = models.PositiveSmallIntegerField()
    archive_months = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(null=True, blank=True)  # by the person, before the rule ends it
    fate = models.CharField(max_length=10, choices=Fate.choices, default=Fate.LISTED)
    reason = models.CharField(max_length=300, blank=True)
    keep_until = models.DateField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    purged_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    files_count = models.PositiveIntegerField(default=0)

    objects = DisposalLineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="disposal_line_kept_says_why",
                condition=~Q(fate=Fate.REFUSED) | ~Q(reason="") & Q(keep_until__isnull=False),
                violation_error_message=_("Dites pourquoi la garder, et jusqu’à quand."),
            ),
            models.CheckConstraint(
                name="disposal_line_purged_has_instant",
                condition=Q(fate=Fate.PURGED, purged_at__isnull=False)
                | ~Q(fate=Fate.PURGED) & Q(purged_at=None),
                violation_error_message=_("Une ligne détruite porte une date."),
            ),
        ]
        indexes = [
            GinIndex(fields=["ticket_ids"], name="disposal_line_tickets"),
            models.Index(fields=["schedule", "fate", "id"], name="disposal_line_fate"),
            models.Index(fields=["schedule", "id"], condition=Q(fate="listed"), name="disposal_line_to_go"),
        ]

    def __str__(self) -> str:
        return f"disposal line {self.pk}"

    @property
    def reference(self) -> str:
        """Return its reference; for rows without a ticket, how many they are."""
        return str(self.references[0]) if self.references else f"{len(self.row_ids)} ×"

    @property
    def others(self) -> list[str]:
        """Return the references of the other tickets."""
        return list(self.references[1:])
