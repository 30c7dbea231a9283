from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DocumentRequest(models.Model):
    """Documents asked of the person at once, and the day by which they may come (CRPA, L114-5).

    Only indispensable ones suspend the clock of our silence (art. L114-5-1). ``arrived_at`` is when all
    of them were there, or no longer needed; a second request adds a row. ``reason`` is why the
    delay is shorter than usual. A request made in error is ``cancelled_at``, and arrived then.
    """

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="document_requests")
    documents = models.TextField(blank=True)  # one per line; empty when an earlier version made the request
    is_indispensable = models.BooleanField(default=True)
    asked_at = models.DateTimeField()
    until = models.DateField()
    reason = models.TextField(blank=True, default="", db_default="")
    arrived_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="documents_arrive_after_asking",
                condition=Q(arrived_at=None) | Q(arrived_at__gte=models.F("asked_at")),
                violation_error_message=_("Des papiers n’arrivent pas avant d’être demandés."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.until}"
