from django.db import models


class Presence(models.Model):
    """An agent who has a ticket open: a row, which does not vanish with the broker (threats: I5)."""

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="+")
    agent = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "agent"], name="presence_once")]

    def __str__(self) -> str:
        return f"presence {self.pk}"
