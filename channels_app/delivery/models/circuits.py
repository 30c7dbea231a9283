from django.db import models


class Circuit(models.Model):
    """A channel's way out: open (``open_until``) after too many refusals in a row, so that we stop knocking.

    A row, not a cache: it must survive an empty broker (threats: I5).
    """

    channel = models.CharField(max_length=10, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True, blank=True)
    open_until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.channel
