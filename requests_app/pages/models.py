from django.db import models


class StoredPage(models.Model):
    """A whole page that answered a form. ``key`` is a hash of what only the same browser can repeat."""

    key = models.CharField(max_length=64, unique=True)  # SHA-256, hexadecimal
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField()
    body = models.BinaryField()
    is_public = models.BooleanField()  # nobody is signed in: their number is bounded
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["expires_at"], name="stored_page_old"),
            models.Index(fields=["key"], condition=models.Q(is_public=True), name="stored_page_public"),
        ]

    def __str__(self) -> str:
        return f"stored page {self.pk}"
