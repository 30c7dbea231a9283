from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class PicturesQuerySet(models.QuerySet["Pictures"]):
    def due(self, now: datetime) -> Self:
        """Narrow to those not all fetched yet, and due for a try."""
        return self.filter(ended_at=None, try_after__lte=now)


class Pictures(models.Model):
    """The pictures of one SMS (an MMS): the provider has them, a worker fetches them (threats: W08).

    ``sid`` is the provider's id of the message, ``count`` how many it announced, ``settled`` the ids of
    those fetched or lost. ``remark`` is what the touchpoint currently says about them.
    """

    touchpoint = models.OneToOneField("tickets.Touchpoint", models.CASCADE, related_name="+")
    sid = models.CharField(max_length=34)
    count = models.PositiveSmallIntegerField()
    settled = ArrayField(models.CharField(max_length=34), default=list, blank=True)
    lost = models.PositiveSmallIntegerField(default=0)
    remark = models.CharField(max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    try_after = models.DateTimeField()
    give_up_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = PicturesQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["try_after"], condition=Q(ended_at=None), name="sms_pictures_due"),
        ]

    def __str__(self) -> str:
        return f"pictures {self.pk}"
