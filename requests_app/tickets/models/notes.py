from django.db import models


class Note(models.Model):
    """What staff say among themselves; a separate table from touchpoints, so that it can never leave."""

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="notes")
    author = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    text = models.TextField()
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["ticket", "created_at"], name="note_thread")]

    def __str__(self) -> str:
        return f"note {self.pk}"
