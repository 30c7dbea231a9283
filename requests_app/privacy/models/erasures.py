from django.db import models
from django.utils.translation import gettext_lazy as _


class ErasureAsked(models.Model):
    """A person asked to be erased: what cannot go yet is checked again until it can (threats: P05).

    It covers the tickets received before ``asked_at``, and is deleted with the person's record.
    """

    person = models.OneToOneField("people.Person", models.PROTECT, related_name="erasure_asked")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("effacement demandé")

    def __str__(self) -> str:
        return f"erasure asked {self.pk}"
