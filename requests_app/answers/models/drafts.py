from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from requests_app.tickets.models.attachments import stored_name


class DraftQuerySet(models.QuerySet["Draft"]):
    def answers(self) -> Self:
        return self.filter(kind=Draft.Kind.ANSWER)


class Draft(models.Model):
    """What an agent was writing on a ticket; one of each kind, restored after any interruption.

    ``recipient`` is a choice of the composer, « mail:amina@exemple.fr », or ""; ``also`` are the keys of
    the participants who get it too, None while nobody has chosen.
    """

    class Kind(models.TextChoices):
        ANSWER = "answer", _("Réponse")
        NOTE = "note", _("Note interne")

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="drafts")
    author = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField(blank=True)
    recipient = models.CharField(max_length=270, blank=True)
    also = ArrayField(models.BigIntegerField(), null=True, blank=True)
    updated_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "author", "kind"],
                name="draft_once",
                violation_error_message=_("Vous avez déjà un brouillon pour cette demande."),
            )
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"


class DraftFile(models.Model):
    """A file to send with an answer; its row moves to the touchpoint when the answer leaves."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="files")
    name = models.CharField(max_length=255)
    file = models.FileField(upload_to=stored_name, max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content_type = models.CharField(max_length=100)

    def __str__(self) -> str:
        return f"draft file {self.pk}"
