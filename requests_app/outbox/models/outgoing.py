from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class OutgoingQuerySet(models.QuerySet["Outgoing"]):
    def due(self, now: datetime) -> Self:
        """Filter those waiting to leave, and allowed to now."""
        return self.filter(state=Outgoing.State.QUEUED, try_after__lte=now)

    def stranded(self, now: datetime) -> Self:
        """Filter those claimed by a worker that did not come back."""
        return self.filter(state=Outgoing.State.SENDING, claimed_until__lt=now)

    def in_doubt(self, now: datetime) -> Self:
        """Filter those perhaps sent, perhaps not, once it is time to find out."""
        return self.filter(state=Outgoing.State.UNCERTAIN, ended_at=None, try_after__lte=now)


class Outgoing(models.Model):
    """One message to one recipient, written in the transaction of its cause (threats: I4).

    ``key`` names the business reason, so that nothing is sent twice. ``message_id`` is made once, for every
    try. ``payload`` is what the channel sends: for mail ``subject text html headers``. It knows no ticket:
    touchpoints hold its key. The state only moves forward.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("En attente d’envoi")
        SENDING = "sending", _("En cours d’envoi")
        SENT = "sent", _("Envoyé")
        DELIVERED = "delivered", _("Remis")
        FAILED = "failed", _("Non remis")
        UNCERTAIN = "uncertain", _("Envoi à vérifier")
        CANCELLED = "cancelled", _("Annulé")
        REFUSED = "refused", _("Non envoyé")

    class Kind(models.TextChoices):
        ACKNOWLEDGMENT = "acknowledgment", _("Accusé de réception")
        RECEIPT = "receipt", _("Accusé de réception complet")
        TRANSFER = "transfer", _("Transmission à un autre organisme")
        HANDOVER = "handover", _("Demande remise à un autre organisme")
        ANSWER = "answer", _("Réponse")
        CODE = "code", _("Code de suivi")
        REMINDER = "reminder", _("Rappel")
        SURVEY = "survey", _("Demande d’avis")
        NOTICE = "notice", _("Information")
        APPOINTMENT = "appointment", _("Rendez-vous")
        OFFER = "offer", _("Date proposée")

    HANDED_OVER = (State.SENT, State.DELIVERED)
    LEFT = (*HANDED_OVER, State.SENDING, State.UNCERTAIN)  # or may have
    NEVER_LEFT = (State.CANCELLED, State.REFUSED)
    NOT_RECEIVED = (*NEVER_LEFT, State.FAILED)
    NOT_GONE = (*NOT_RECEIVED, State.QUEUED)

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    channel = models.CharField(max_length=10)
    recipient = models.CharField(max_length=254)
    contact_point = models.ForeignKey(
        "people.ContactPoint", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    message_id = models.CharField(max_length=200, unique=True)
    payload = models.JSONField(default=dict)
    files = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    try_after = models.DateTimeField()
    give_up_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    doubts = models.PositiveSmallIntegerField(
        default=0, db_default=0
    )  # times nobody knew whether it had left
    errors = models.PositiveSmallIntegerField(default=0, db_default=0)  # times our own code failed on it
    provider_id = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = OutgoingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="outgoing_stop_has_reason",
                condition=~Q(state__in=["refused", "failed", "cancelled"]) | ~Q(reason=""),
                violation_error_message=_("Un message qui n’est pas parti dit pourquoi."),
            ),
        ]
        indexes = [
            models.Index(fields=["try_after"], condition=Q(state="queued"), name="outgoing_due"),
            models.Index(fields=["claimed_until"], condition=Q(state="sending"), name="outgoing_claimed"),
            models.Index(
                fields=["try_after"], condition=Q(state="uncertain", ended_at=None), name="outgoing_doubted"
            ),
            models.Index(fields=["recipient", "kind", "created_at"], name="outgoing_to"),
            models.Index(fields=["kind", "created_at"], name="outgoing_of_kind"),
            models.Index(fields=["provider_id"], condition=~Q(provider_id=""), name="outgoing_provider_id"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class OutgoingStep(models.Model):
    """One step of a message on its way out, in words: the communication log."""

    outgoing = models.ForeignKey(Outgoing, models.CASCADE, related_name="steps")
    at = models.DateTimeField()
    text = models.CharField(max_length=300)

    class Meta:
        indexes = [models.Index(fields=["outgoing", "at"], name="outgoing_steps")]

    def __str__(self) -> str:
        return f"step {self.pk}"
