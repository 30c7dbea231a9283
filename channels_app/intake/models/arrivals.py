from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Func, Q, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from requests_app.channels.registry import choices


class ArrivalQuerySet(models.QuerySet["Arrival"]):
    def pending(self) -> Self:
        return self.filter(state=Arrival.State.PENDING)

    def quarantined(self) -> Self:
        return self.filter(state=Arrival.State.QUARANTINED)

    def discarded(self) -> Self:
        return self.filter(state=Arrival.State.DISCARDED)

    def fresh(self) -> Self:
        """Narrow to those not yet tried, or not known to be slow."""
        return self.filter(is_slow=False)

    def slow(self) -> Self:
        return self.filter(is_slow=True)

    def recent(self, since: datetime) -> Self:
        """Narrow to those received since then, or still to be decided on, however old: what staff watch."""
        waits = Q(state__in=[Arrival.State.PENDING, Arrival.State.QUARANTINED])
        return self.filter(Q(received_at__gte=since) | waits)

    def for_lists(self) -> Self:
        """Leave ``facts`` out; ``sender``, ``subject`` and ``words`` are what could be read, or None."""
        light = self.defer("facts").annotate(
            sender=KT("facts__from"), subject=KT("facts__subject"), words=KT("facts__words")
        )
        return light.select_related("ended_by", "touchpoint__ticket")

    def with_reason(self, words: str) -> Self:
        """Narrow to those whose reason contains each of these words, ignoring accents and case."""
        plain = Func(Lower("reason"), function="f_unaccent", output_field=models.TextField())
        found = self.annotate(plain_reason=plain)
        for word in words.split():
            asked = Func(Lower(Value(word)), function="f_unaccent", output_field=models.TextField())
            found = found.filter(plain_reason__contains=asked)
        return found

    def forgotten(self, now: datetime, *, after: timedelta) -> Self:
        """Narrow to those pending and due: the task was lost, or the last try failed some time ago."""
        return self.pending().filter(received_at__lt=now - after, try_after__lte=now)


class Arrival(models.Model):
    """A raw message, stored before it is parsed; it ends heard, quarantined or discarded.

    ``key`` makes one input have one effect (I3): for mail our address and the SHA-256 of the bytes,
    for a form its idempotency key. ``meaning`` does the same for one mail that came by two routes.
    ``facts`` stores what could be read when no touchpoint does.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("en cours")
        HEARD = "heard", _("jointe à une demande")
        QUARANTINED = "quarantined", _("en quarantaine")
        DISCARDED = "discarded", _("écartée")

    MADE = "made"  # among the facts of one that an agent made a ticket of: where it was before

    channel = models.CharField(max_length=10, choices=choices)
    address = models.CharField(max_length=254, blank=True)
    source = models.CharField(max_length=20)
    key = models.CharField(max_length=64, unique=True)
    meaning = models.CharField(max_length=64, blank=True)
    raw_sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    received_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.PENDING)
    reason = models.CharField(max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    try_after = models.DateTimeField()
    is_slow = models.BooleanField(default=False, db_default=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    touchpoint = models.ForeignKey(
        "tickets.Touchpoint", models.SET_NULL, null=True, blank=True, related_name="arrivals"
    )
    facts = models.JSONField(default=dict, blank=True)

    objects = ArrivalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meaning"],
                condition=Q(state="heard") & ~Q(meaning=""),
                name="arrival_heard_once",
            ),
            models.CheckConstraint(
                name="arrival_end_has_reason",
                condition=Q(state__in=["pending", "heard"]) | ~Q(reason=""),
                violation_error_message=_("Une arrivée écartée ou en quarantaine porte un motif."),
            ),
        ]
        indexes = [
            models.Index(fields=["try_after"], condition=Q(state="pending"), name="arrival_pending"),
            models.Index(fields=["state", "-received_at"], name="arrival_by_state"),
            models.Index(fields=["received_at"], name="arrival_received"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.pk}"

    @property
    def is_quarantined(self) -> bool:
        return self.state == self.State.QUARANTINED

    @property
    def is_made(self) -> bool:
        """Return whether an agent made a ticket of it."""
        return self.state == self.State.HEARD and self.MADE in self.facts

    @property
    def is_discarded(self) -> bool:
        return self.state == self.State.DISCARDED


class ArrivalRaw(models.Model):
    """The bytes as they came, in a table of their own, so that lists of arrivals stay light.

    One mail to several of our addresses is several arrivals and the same bytes: they are stored with the
    first, and the others say where (``held_by``; threats: N13).
    """

    arrival = models.OneToOneField(Arrival, models.CASCADE, primary_key=True, related_name="raw")
    data = models.BinaryField(null=True)
    held_by = models.ForeignKey("self", models.PROTECT, null=True, db_index=False, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="raw_is_here_or_there",
                condition=Q(data=None, held_by__isnull=False) | Q(data__isnull=False, held_by=None),
                violation_error_message=_("Les octets d’une arrivée sont ici ou avec une autre."),
            )
        ]

    def __str__(self) -> str:
        return f"raw {self.pk}"

    @property
    def content(self) -> bytes:
        """Return the bytes, wherever they are stored."""
        return bytes((self.held_by or self).data or b"")
