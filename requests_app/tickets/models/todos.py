from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ToDoQuerySet(models.QuerySet["ToDo"]):
    def to_do(self) -> Self:
        """Narrow to those nobody has done and that are still needed."""
        return self.filter(done_at=None)

    def promised_calls(self) -> Self:
        """Narrow to calls with a deadline, which somebody told the person."""
        return self.filter(kind="call", due_at__isnull=False)


class ToDo(models.Model):
    """Something only a person can do about a ticket; ``text`` is the sentence shown, ``kind`` its title.

    ``key`` names the cause: one cause is one task while it is open. Done without ``done_by``, its
    cause has disappeared by itself.
    """

    class Kind(models.TextChoices):
        CHECK_CONTACT = "check_contact", _("Vérifier un contact")
        CHECK_SENDING = "check_sending", _("Vérifier un envoi")
        ACKNOWLEDGE = "acknowledge", _("Accuser réception")
        CALL = "call", _("Appeler la personne")
        LETTER = "letter", _("Poster un courrier")
        APPOINTMENT = "appointment", _("Revoir un rendez-vous")
        TRANSFER = "transfer", _("Transmettre la demande")
        LEGAL_DAY = "legal_day", _("Décider avant la loi")

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="tasks")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    text = models.CharField(max_length=300)
    key = models.CharField(max_length=400)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = ToDoQuerySet.as_manager()

    class Meta:
        db_table = "tickets_task"  # its name before it was a ToDo
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(kind="call", due_at__isnull=False),
                name="task_call_promised",
            ),
            models.Index(fields=["due_at"], condition=Q(kind="letter", done_at=None), name="task_letter"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(done_at=None),
                name="task_once_while_open",
                violation_error_message=_("C’est déjà à faire."),
            ),
            models.CheckConstraint(
                name="task_done_by_has_date",
                condition=Q(done_by=None) | Q(done_at__isnull=False),
                violation_error_message=_("Ce qui est fait porte une date."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
