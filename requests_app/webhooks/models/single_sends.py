from uuid import uuid4

from django.db import models


class SingleSend(models.Model):
    """One event to send out of turn, once: a test when ``event`` is empty, else one sent again."""

    subscription = models.ForeignKey("webhooks.Subscription", models.CASCADE, related_name="single_sends")
    event = models.ForeignKey("events.DomainEvent", models.CASCADE, null=True, blank=True, related_name="+")
    uid = models.UUIDField(default=uuid4)
    asked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"single send {self.pk}"

    @property
    def public_id(self) -> str:
        return self.event.public_id if self.event else f"evt_{self.uid.hex}"
