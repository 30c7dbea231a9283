from django.db import models


class Circuit(models.Model):
    """A channel's circuit breaker: open (``open_until``) after too many failures in a row.

    A row, not a cache: it must survive a broker that lost its data (threats: I5).
    """

    channel = models.CharField(max_length=10, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True, blank=True)
    open_until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.channel
