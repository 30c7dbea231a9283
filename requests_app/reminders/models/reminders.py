from django.db import models
from django.utils.translation import gettext_lazy as _


class Reminder(models.Model):
    """One message about an appointment, by one channel: its purpose, and the outbox row that carries it.

    ``round`` is the appointment's round it was planned for; ``days_before`` its rule, None when it
    leaves at once. ``followed_at``: it did not arrive, and another channel was found or a task created.
    """

    class Purpose(models.TextChoices):
        CONFIRMATION = "confirmation", _("Rendez-vous donné")
        REMINDER = "reminder", _("Rappel")
        CANCELLATION = "cancellation", _("Rendez-vous annulé")
        CANCELLED_AS_ASKED = "cancelled_as_asked", _("Annulation confirmée")

    ENDS = (Purpose.CANCELLATION, Purpose.CANCELLED_AS_ASKED)  # the date is no longer to come

    appointment = models.ForeignKey("appointments.Appointment", models.PROTECT, related_name="reminders")
    outgoing = models.OneToOneField("outbox.Outgoing", models.PROTECT, related_name="reminder")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    days_before = models.PositiveSmallIntegerField(null=True, blank=True)
    round = models.PositiveSmallIntegerField()
    followed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["appointment", "round"], name="reminder_of_appointment")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"


class Planned(models.Model):
    """The last round of an appointment for which everything was planned: the sweep looks for the others.

    ``errors``: how often our own code failed on it since; after three nobody tries again (threats: F08).
    """

    appointment = models.OneToOneField(
        "appointments.Appointment", models.CASCADE, primary_key=True, related_name="planned"
    )
    round = models.PositiveSmallIntegerField()
    errors = models.PositiveSmallIntegerField(default=0, db_default=0)

    def __str__(self) -> str:
        return f"planned {self.pk}"
