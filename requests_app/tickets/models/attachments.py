import secrets

from django.db import models


def stored_name(attachment: "Attachment", _given: str) -> str:
    """A name of our own: nothing of the sender’s reaches the disk (threats: M15)."""
    name = secrets.token_hex(16)
    return f"{name[:2]}/{name}"


class Attachment(models.Model):
    """A file that came with a touchpoint; ``content_type`` is what its bytes say it is."""

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

    def __str__(self) -> str:
        return f"file {self.pk}"
