from datetime import date, datetime, timedelta
from typing import Generic, Self, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from requests_app.slots.rules import why_unreadable

Row = TypeVar("Row", bound=models.Model)
LONGEST = timedelta(days=366)  # of one time that repeats
ENDS_FIRST = _("La fin doit venir après le début.")


def ends_after_start(name: str) -> models.CheckConstraint:
    """Build the promise that a time ends after it starts, for the table of this name."""
    later_day, same_day = Q(ends_on__gt=F("starts_on")), Q(ends_on=F("starts_on"))
    return models.CheckConstraint(
        name=f"{name}_ends_after_start",
        condition=later_day | same_day & Q(ends_at__gt=F("starts_at")),
        violation_error_message=ENDS_FIRST,
    )


class WallTimeQuerySet(models.QuerySet[Row], Generic[Row]):
    def standing(self) -> Self:
        """Narrow to those that nobody removed."""
        return self.filter(removed_at=None)


class RepeatedTimeQuerySet(WallTimeQuerySet[Row], Generic[Row]):
    def around(self, first: date, last: date) -> Self:
        """Narrow to those that may have a time on these days, by their columns alone."""
        not_over = Q(valid_until=None) | Q(valid_until__gte=first - LONGEST)
        not_past = ~Q(rrule="") | Q(ends_on__gte=first)
        return self.standing().filter(not_over, not_past, starts_on__lte=last)


class WallTime(models.Model):
    """A time as people say it: dates and hours of the Paris clock, without an offset.

    An opening at nine is at nine in winter and in summer. The end is excluded. A row that is removed stays,
    so that it can be put back.
    """

    starts_on = models.DateField(_("premier jour"))
    starts_at = models.TimeField(_("de"))
    ends_on = models.DateField(_("dernier jour"))
    ends_at = models.TimeField(_("à"))
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def start(self) -> datetime:
        """Return the start on the Paris clock, without an offset."""
        return datetime.combine(self.starts_on, self.starts_at)

    @property
    def end(self) -> datetime:
        return datetime.combine(self.ends_on, self.ends_at)

    def clean(self) -> None:
        """Refuse in one sentence what the columns would refuse by their names."""
        super().clean()
        hours = (self.starts_on, self.starts_at, self.ends_on, self.ends_at)
        if None not in hours and self.end <= self.start:
            raise ValidationError({"ends_at": ENDS_FIRST})


class RepeatedTime(WallTime):
    """A time that may come back: ``rrule`` is text of RFC 5545, empty when it happens once.

    ``start`` is its first occurrence; no occurrence starts before ``valid_from`` or after ``valid_until``.
    """

    rrule = models.CharField(_("répétition"), max_length=300, blank=True, default="")
    valid_from = models.DateField(_("à partir du"), null=True, blank=True)
    valid_until = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if why := why_unreadable(self.rrule):
            raise ValidationError({"rrule": why})
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": ENDS_FIRST})
