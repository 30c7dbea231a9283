from django.db import models

MAX_KEPT = 100  # per subscription
TEST = "test"


class Delivery(models.Model):
    """One push and what came back, for the integrator's console: our body, the start of their answer.

    Headers are not kept: a signature or a cookie is nobody's to read here.
    """

    subscription = models.ForeignKey("webhooks.Subscription", models.CASCADE, related_name="deliveries")
    event_id = models.CharField(max_length=40)
    kind = models.CharField(max_length=30)
    at = models.DateTimeField()
    took_ms = models.PositiveIntegerField(default=0)
    body = models.TextField()
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    answer = models.CharField(max_length=1000, blank=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["subscription", "-id"], name="delivery_of_subscription")]

    def __str__(self) -> str:
        return f"delivery {self.pk}"

    @property
    def is_event(self) -> bool:
        """Tell whether it can be sent again: a test is no event of the log."""
        return self.kind != TEST

    @property
    def is_accepted(self) -> bool:
        return self.error == ""
