from django.db import models

from requests_app.api_keys.models.keys import ApiKey


class ApiRefusal(models.Model):
    """What a key was refused; ``route`` is the pattern of the address, never what was written in it."""

    key = models.ForeignKey(ApiKey, models.CASCADE, related_name="refusals")
    at = models.DateTimeField()
    method = models.CharField(max_length=10)
    route = models.CharField(max_length=120)
    status = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=60)

    class Meta:
        indexes = [models.Index(fields=["key", "-id"], name="api_refusal_of_key")]

    def __str__(self) -> str:
        return f"refusal {self.pk}"
