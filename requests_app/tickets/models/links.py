from django.db import models
from django.utils.translation import gettext_lazy as _


class TicketLink(models.Model):
    """Two tickets that go together, for agents alone; a proposed one waits for a decision.

    ``is_accepted`` None: nobody has decided; what the software knows for certain is accepted at once.
    """

    class Kind(models.TextChoices):
        FOLLOWS = "follows", _("Fait suite à")
        PROPOSED = "proposed", _("Peut-être lié à")
        SAME_CASE = "same_case", _("Même affaire que")
        SAME_MESSAGE = "same_message", _("Même message que")

    from_ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="links")
    to_ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="linked_from")
    kind = models.CharField(max_length=15, choices=Kind.choices)
    is_accepted = models.BooleanField(null=True)
    created_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["from_ticket", "to_ticket"],
                name="ticket_link_once",
                violation_error_message=_("Ces demandes sont déjà liées."),
            ),
            models.CheckConstraint(
                name="ticket_link_of_two",
                condition=~models.Q(from_ticket=models.F("to_ticket")),
                violation_error_message=_("Une demande n’est pas liée à elle-même."),
            ),
        ]

    def __str__(self) -> str:
        return f"link {self.pk}"
