from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class OfferQuerySet(models.QuerySet["Offer"]):
    def pending(self) -> Self:
        return self.filter(outcome=Offer.Outcome.PENDING)


class Offer(models.Model):
    """A freed slot offered to somebody on the list, by one message; one answer is enough.

    Until ``ends_at`` nobody else is asked. ``EXPIRED`` is not too late: the slot may still be free.
    """

    class Outcome(models.TextChoices):
        PENDING = "pending", _("Attend une réponse")
        ACCEPTED = "accepted", _("A dit oui")
        DECLINED = "declined", _("A dit non")
        EXPIRED = "expired", _("N’a pas répondu")
        TAKEN = "taken", _("Déjà pris")
        UNDELIVERED = "undelivered", _("Message non remis")

    place = models.ForeignKey("waiting_list.Place", models.CASCADE, related_name="offers")
    slot = models.ForeignKey("waiting_list.FreedSlot", models.CASCADE, related_name="offers")
    outgoing = models.OneToOneField("outbox.Outgoing", models.PROTECT, related_name="waiting_offer")
    offered_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, default=Outcome.PENDING)

    objects = OfferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "slot"],
                name="waiting_offer_once",
                violation_error_message=_("Cette date a déjà été proposée à cette personne."),
            ),
            models.UniqueConstraint(
                fields=["slot"],
                condition=Q(outcome="accepted"),
                name="waiting_offer_accepted_once",
                violation_error_message=_("Cette date est déjà prise."),
            ),
        ]
        indexes = [
            models.Index(fields=["offered_at"], name="waiting_offer_sent"),
            models.Index(fields=["slot"], condition=Q(outcome="pending"), name="waiting_offer_pending"),
        ]

    def __str__(self) -> str:
        return f"waiting offer {self.pk}"
