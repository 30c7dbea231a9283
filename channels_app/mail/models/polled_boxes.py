from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class PolledBox(models.Model):
    """How far an IMAP mailbox has been read. ``identity`` is a hash of its address, without the password.

    ``uid_validity`` names a numbering of the mailbox (RFC 3501): another one makes every ``uid`` new.
    ``horizon`` is the first uid that did not exist when the numbering was first seen. ``refused`` counts
    the tries for each uid that the server refused. ``caught_up_at`` is the last pass that left
    nothing behind; nobody signs in before ``try_after``, once the server refused our password.
    """

    identity = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200, help_text=_("Serveur et dossier, sans identifiant."))
    uid_validity = models.BigIntegerField(null=True, blank=True)
    horizon = models.BigIntegerField(default=1)
    last_uid = models.BigIntegerField(default=0)
    refused = models.JSONField(default=dict, blank=True)
    began_at = models.DateTimeField(db_default=Now())
    caught_up_at = models.DateTimeField(null=True, blank=True)
    last_ok_at = models.DateTimeField(null=True, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)
    try_after = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="polled_box_failure_is_said",
                condition=models.Q(failing_since=None, last_error="")
                | (models.Q(failing_since__isnull=False) & ~models.Q(last_error="")),
                violation_error_message=_("Une relève en panne dit pourquoi, et depuis quand."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
