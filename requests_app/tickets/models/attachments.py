import secrets
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def stored_name(attachment: "Attachment", _given: str) -> str:
    """Return a name of our own: nothing of the sender's is used on disk (threats: M15)."""
    name = secrets.token_hex(16)
    return f"{name[:2]}/{name}"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def waiting(self) -> Self:
        """Narrow to those the antivirus has not scanned yet, where there is one."""
        return self.filter(control=Attachment.Control.WAITING)


class Attachment(models.Model):
    """A file that came with a touchpoint; ``content_type`` is what its bytes say it is.

    ``control`` is the antivirus's verdict: empty when there is none (threats: M17).
    """

    class Control(models.TextChoices):
        NONE = "", _("sans contrôle")
        WAITING = "waiting", _("en attente de contrôle")
        CLEAN = "clean", _("contrôlé")
        INFECTED = "infected", _("virus trouvé, fichier bloqué")
        TOO_BIG = "too_big", _("trop gros pour l’antivirus, fichier bloqué")

    touchpoint = models.ForeignKey("tickets.Touchpoint", models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=255)
    file = models.FileField(upload_to=stored_name, max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content_type = models.CharField(max_length=100)
    declared_type = models.CharField(max_length=200, blank=True)
    content_id = models.CharField(max_length=255, blank=True)
    is_inline = models.BooleanField(default=False)
    word = models.CharField(max_length=80, blank=True)
    control = models.CharField(
        max_length=10, choices=Control.choices, default=Control.NONE, db_default="", blank=True
    )

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["sha256"], name="attachment_sha256"),
            models.Index(fields=["file"], name="attachment_file"),
            models.Index(fields=["touchpoint"], condition=Q(control="waiting"), name="attachment_waiting"),
        ]

    def __str__(self) -> str:
        return f"file {self.pk}"

    @property
    def is_locked(self) -> bool:
        """Tell whether nobody may open it."""
        return self.control in LOCKED


LOCKED = frozenset({Attachment.Control.WAITING, Attachment.Control.INFECTED, Attachment.Control.TOO_BIG})
