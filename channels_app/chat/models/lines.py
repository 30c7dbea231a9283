from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q


class LineQuerySet(models.QuerySet["Line"]):
    def with_text(self) -> Self:
        """Select what the text of each line is read from."""
        return self.select_related("arrival__touchpoint", "outgoing")

    def unfetched(self, *, before: datetime) -> Self:
        """Filter the answers that no page of the thread has fetched, and that nothing else has told."""
        waiting = self.filter(outgoing__isnull=False, told_at=None, at__lte=before)
        return waiting.filter(pk__gt=F("thread__fetched_line"))


class Line(models.Model):
    """One line of a thread: what the person wrote (``arrival``), or an answer that has left (``outgoing``).

    The words stay where every channel keeps them. ``told_at``: the answer also went to the contact given.
    """

    thread = models.ForeignKey("chat.Thread", models.CASCADE, related_name="lines")
    arrival = models.OneToOneField("intake.Arrival", models.CASCADE, null=True, blank=True, related_name="+")
    outgoing = models.OneToOneField(
        "outbox.Outgoing", models.CASCADE, null=True, blank=True, related_name="+"
    )
    client_id = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)

    objects = LineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="chat_line_goes_one_way",
                condition=Q(arrival__isnull=True) ^ Q(outgoing__isnull=True),
            )
        ]
        indexes = [
            models.Index(fields=["thread", "id"], name="chat_line_thread"),
            models.Index(
                fields=["at"], condition=Q(told_at=None, outgoing__isnull=False), name="chat_line_untold"
            ),
        ]

    def __str__(self) -> str:
        return f"line {self.pk}"
