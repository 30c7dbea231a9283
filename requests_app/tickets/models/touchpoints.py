from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KT
from django.db.models.functions import MD5
from django.utils.translation import gettext_lazy as _

from requests_app.channels.registry import choices
from requests_app.tickets.models.touchpoint_facts import TouchpointFacts


class Touchpoint(models.Model):
    """What passed between the person and us, by any channel and in either direction.

    ``occurred_at`` is when it happened, ``recorded_at`` when we wrote it down. ``text`` is whole,
    ``reply_text`` without quote and signature. ``html`` was cleaned when heard, by the cleaner
    whose version is ``html_version``. ``outgoing`` is how an OUT one leaves, when it does.
    """

    class Direction(models.TextChoices):
        IN = "in", _("reçu")
        OUT = "out", _("envoyé")

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="touchpoints")
    channel = models.CharField(max_length=10, choices=choices)
    direction = models.CharField(max_length=3, choices=Direction.choices, default=Direction.IN)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    author = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    maison = models.ForeignKey("maisons.Maison", models.PROTECT, null=True, blank=True, related_name="+")
    sender = models.CharField(max_length=320, blank=True)
    subject = models.TextField(blank=True)
    text = models.TextField(blank=True)
    reply_text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    html_version = models.PositiveSmallIntegerField(default=0)
    facts: "models.JSONField[TouchpointFacts, TouchpointFacts]" = models.JSONField(default=dict, blank=True)
    remarks = models.JSONField(default=list, blank=True)
    outgoing = models.OneToOneField(
        "outbox.Outgoing", models.PROTECT, null=True, blank=True, related_name="touchpoint"
    )

    class Meta:
        indexes = [
            models.Index(fields=["ticket", "occurred_at", "id"], name="touchpoint_thread"),
            # The ids an answering mail names (M07); an id may be too long for an index.
            models.Index(MD5(KT("facts__message_id")), name="touchpoint_message_id"),
            # Today's visits at a counter, polled every fifteen seconds by its page.
            models.Index(
                fields=["maison", "occurred_at"],
                condition=Q(channel="frontdesk"),
                name="touchpoint_visits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.direction} {self.pk}"
