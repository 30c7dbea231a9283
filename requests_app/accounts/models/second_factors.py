from django.conf import settings
from django.db import models


class SecondFactor(models.Model):
    """The key of an agent's authenticator app; the row exists while ``User.second_factor_at`` is set.

    ``last_step`` is the half-minute of the last code accepted: neither it nor an older one is accepted
    again. ``wrong_in_a_row`` counts from every address; it goes back to 0 with a right code.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="second_factor")
    sealed_key = models.TextField()
    last_step = models.BigIntegerField()
    wrong_in_a_row = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"second factor {self.pk}"


class BackupCode(models.Model):
    """A code printed for the day the phone is lost; used once, then its row is deleted."""

    factor = models.ForeignKey(SecondFactor, models.CASCADE, related_name="backup_codes")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["factor", "digest"], name="backup_code_once")]

    def __str__(self) -> str:
        return f"backup code {self.pk}"
