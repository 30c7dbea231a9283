from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

UNDONE_WITHIN = timedelta(days=30)


class NotDuplicate(models.Model):
    """An agent said that these are two persons: they are not proposed as one again."""

    first = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    second = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"],
                name="not_duplicate_once",
                violation_error_message=_("C’est déjà noté."),
            ),
            models.CheckConstraint(
                name="not_duplicate_in_order",
                condition=Q(first__lt=F("second")),
                violation_error_message=_("Une personne n’est pas deux personnes."),
            ),
        ]

    def __str__(self) -> str:
        return f"not duplicate {self.pk}"


class MergeLogQuerySet(models.QuerySet["MergeLog"]):
    def undoable(self, now: datetime) -> Self:
        return self.filter(undone_at=None, at__gt=now - UNDONE_WITHIN)


class MergeLog(models.Model):
    """Two persons merged: what ``merged`` gave to ``survivor``, so that it can be undone.

    ``moved`` holds the ids that changed hands, the values replaced and the contacts dropped; it is
    emptied when the merge can no longer be undone.
    """

    survivor = models.ForeignKey("people.Person", models.CASCADE, related_name="merges")
    merged = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    moved = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = MergeLogQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["merged"],
                condition=Q(undone_at=None),
                name="merge_once",
                violation_error_message=_("Cette fiche est déjà réunie avec une autre."),
            )
        ]
        indexes = [models.Index(fields=["survivor", "at"], name="merge_of_survivor")]

    def __str__(self) -> str:
        return f"merge {self.pk}"
