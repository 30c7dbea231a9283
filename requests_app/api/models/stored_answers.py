from django.db import models

from requests_app.api_keys.models import ApiKey


class StoredAnswer(models.Model):
    """The answer given to an ``Idempotency-Key``, written in the transaction of what it answers.

    ``body`` is what the program was told, to be told again for two days. ``asked`` identifies the request:
    its address and its body.
    """

    key = models.ForeignKey(ApiKey, models.CASCADE, related_name="+")
    idempotency_key = models.CharField(max_length=255)
    asked = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    location = models.CharField(max_length=300, blank=True)
    body = models.JSONField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "idempotency_key"], name="api_answer_once"),
        ]
        indexes = [models.Index(fields=["at"], name="api_answer_at")]

    def __str__(self) -> str:
        return f"stored answer {self.pk}"
