from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Right
from django.utils.translation import gettext_lazy as _


class ContactPointQuerySet(models.QuerySet["ContactPoint"]):
    def at(self, kind: str, value: str) -> Self:
        """Narrow to persons reachable there: a shared phone has several."""
        return self.filter(kind=kind, value=value)

    def ending_with(self, digits: str) -> Self:
        """Narrow to telephones that end with these digits, at least four."""
        phones = self.filter(kind=ContactPoint.Kind.PHONE).alias(end=Right("value", 4))
        return phones.filter(end=digits[-4:], value__endswith=digits)


class ContactPoint(models.Model):
    """One way to reach a person; ``value`` is normalised (lower-case address, E.164 number).

    An empty ``usable_for`` says nothing; one that names uses forbids the others.
    """

    class Kind(models.TextChoices):
        EMAIL = "email", _("E-mail")
        PHONE = "phone", _("Téléphone")

    class Use(models.TextChoices):
        ANSWER = "answer", _("Répondre")
        REMINDER = "reminder", _("Rappeler un rendez-vous")
        VOICE_MESSAGE = "voice_message", _("Laisser un message vocal")
        # Asked for shared contacts only: one's own takes codes as soon as it takes answers (threats: W09).
        CODE = "code", _("Recevoir un code de suivi, même si quelqu’un d’autre peut le lire")
        NOTHING = "nothing", _("Ne pas utiliser")

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    value = models.CharField(max_length=254)
    verified_at = models.DateTimeField(null=True, blank=True)
    needs_check = models.BooleanField(_("À vérifier"), default=False, db_default=False)
    is_shared = models.BooleanField(_("Partagé"), default=False)
    usable_for = ArrayField(models.CharField(max_length=20, choices=Use.choices), default=list)
    created_at = models.DateTimeField()

    objects = ContactPointQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "value", "person"],
                name="contact_point_once",
                violation_error_message=_("Cette personne a déjà ce contact."),
            )
        ]
        indexes = [
            models.Index(Right("value", 4), condition=models.Q(kind="phone"), name="contact_point_phone_end")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def allows(self, use: str) -> bool:
        """Tell whether it may be used for this: nobody said no."""
        return not self.usable_for or use in self.usable_for
