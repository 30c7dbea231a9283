"""Who changed or confirmed the regime of a topic, when, after which text: never rewritten."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models


class RegimeChange(models.Model):
    """One saved change of a regime; ``before`` and ``after`` are columns, ``validated`` confirmed parts."""

    topic = models.ForeignKey("catalog.Topic", models.PROTECT, related_name="regime_changes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    before = models.JSONField()
    after = models.JSONField()
    source = models.CharField(max_length=300)
    reason = models.CharField(max_length=300, blank=True, default="", db_default="")
    validated = ArrayField(models.CharField(max_length=40), default=list)

    def __str__(self) -> str:
        return f"{self.topic_id} {self.at:%Y-%m-%d}"
