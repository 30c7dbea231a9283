from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DisposalScheduleQuerySet(models.QuerySet["DisposalSchedule"]):
    def with_visa(self) -> Self:
        return self.filter(visa_at__isnull=False)


class DisposalSchedule(models.Model):
    """A month's list: what ends, and the archivist's approval, without which nothing goes (threats: P03).

    ``cursor`` is the last ticket examined while the list is being made; ``listed_at`` says it is complete.
    The row and its lines hold no personal data: they are the certificate, and stay.
    """

    month = models.DateField(unique=True)
    cursor = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    listed_at = models.DateTimeField(null=True, blank=True)
    visa_at = models.DateTimeField(null=True, blank=True)
    visa_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    purged_at = models.DateTimeField(null=True, blank=True)

    objects = DisposalScheduleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="disposal_visa_by_someone",
                condition=Q(visa_at=None, visa_by=None)
                | Q(visa_at__isnull=False, visa_by__isnull=False, listed_at__isnull=False),
                violation_error_message=_("Un visa porte une date et un nom."),
            ),
            models.CheckConstraint(
                name="disposal_purged_after_visa",
                condition=Q(purged_at=None) | Q(visa_at__isnull=False),
                violation_error_message=_("Rien n’est détruit avant le visa."),
            ),
        ]

    def __str__(self) -> str:
        return f"disposal of {self.month:%Y-%m}"
