from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from requests_app.people.models.merges import UNDONE_WITHIN


class TicketMergeQuerySet(models.QuerySet["TicketMerge"]):
    def undoable(self, now: datetime) -> Self:
        return self.filter(undone_at=None, at__gt=now - UNDONE_WITHIN)


class TicketMerge(models.Model):
    """A ticket continued in another one: nothing moved, so that the merge can be undone in full.

    ``before`` holds what the merge changed, by ticket: the former values, those given to the survivor, and
    the tickets merged earlier that were redirected to it.
    """

    survivor = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="merges")
    merged = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="merged_by")
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    before = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = TicketMergeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["merged"],
                condition=Q(undone_at=None),
                name="ticket_merge_once",
                violation_error_message=_("Cette demande est déjà réunie à une autre."),
            ),
            models.CheckConstraint(
                name="ticket_merge_of_two",
                condition=~Q(survivor=models.F("merged")),
                violation_error_message=_("Une demande n’est pas réunie à elle-même."),
            ),
        ]

    def __str__(self) -> str:
        return f"ticket merge {self.pk}"
