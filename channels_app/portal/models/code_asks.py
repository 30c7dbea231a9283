from datetime import datetime
from typing import Self

from django.db import models


class CodeAskQuerySet(models.QuerySet["CodeAsk"]):
    def alive(self, at: datetime) -> Self:
        return self.filter(expires_at__gt=at, used_at=None)

    def waiting(self, at: datetime) -> Self:
        """Narrow to those not yet looked up: whether there is a ticket, and whom to write to."""
        return self.alive(at).filter(handled_at=None)


class CodeAsk(models.Model):
    """Somebody gave a ticket's number and asks for a code (threats: W09).

    The row is the same whether the ticket exists or not: a worker looks it up, so that the page answers in
    the same time. ``token_hash`` identifies the browser. ``appointment``: the code opens its page.
    """

    token_hash = models.CharField(max_length=64, unique=True)  # SHA-256, hexadecimal
    reference = models.CharField(max_length=20)
    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, null=True, blank=True, related_name="+")
    appointment = models.ForeignKey(
        "appointments.Appointment", models.CASCADE, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    objects = CodeAskQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["asked_at"], condition=models.Q(handled_at=None), name="code_ask_waiting"),
            models.Index(fields=["expires_at"], name="code_ask_old"),
        ]

    def __str__(self) -> str:
        return f"code ask {self.pk}"
