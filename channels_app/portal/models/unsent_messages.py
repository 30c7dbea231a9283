from django.db import models


class UnsentMessage(models.Model):
    """What somebody was writing when the page of their ticket closed, for a day (threats: F04).

    ``opener`` says who gets it back: a hash of the link that showed the page, or anyone with a code.
    """

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="+")
    opener = models.CharField(max_length=16)
    text = models.TextField()
    saved_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ticket", "opener"], name="unsent_message_of_opener"),
        ]

    def __str__(self) -> str:
        return f"unsent message {self.pk}"
