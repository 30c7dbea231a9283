from collections.abc import Container

from django.db import models
from django.utils.translation import gettext_lazy as _


class AccessNeed(models.Model):
    """What to do so that this person can be received: always an action, never a diagnosis.

    ``detail`` completes it (a language); ``is_confirmed`` once the person told an agent: a
    form may be somebody else's (threats: M09). ``review_on`` is when to ask again.
    """

    class Kind(models.TextChoices):
        CALL = "call", _("Appeler plutôt qu’écrire")
        WRITE = "write", _("Écrire plutôt qu’appeler")
        NO_CALL = "no_call", _("Ne pas appeler : écrire par SMS")
        NO_TEXT = "no_text", _("Ne pas envoyer de SMS : appeler")
        NO_VOICE_MESSAGE = "no_voice_message", _("Ne laisser aucun message : parler seulement à la personne")
        SHARED_CONTACT = "shared_contact", _("Rester discret : quelqu’un d’autre peut lire ou répondre")
        CALL_HOURS = "call_hours", _("Appeler seulement à ces heures")
        AVOID = "avoid", _("À éviter")
        SIMPLE_WORDS = "simple_words", _("Écrire avec des mots simples")
        INTERPRETER = "interpreter", _("Prévoir un interprète")
        SIGN_LANGUAGE = "sign_language", _("Prévoir un interprète en langue des signes")
        STEP_FREE = "step_free", _("Recevoir dans un lieu sans marche")
        LARGE_PRINT = "large_print", _("Écrire en gros caractères")
        COMPANION = "companion", _("Accueillir aussi la personne qui l’aide")

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="access_needs")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    detail = models.CharField(max_length=200, blank=True)
    is_confirmed = models.BooleanField(default=False)
    said_at = models.DateTimeField()
    review_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                name="access_need_once",
                violation_error_message=_("Ce besoin est déjà noté."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


_KIND = AccessNeed.Kind
CONTRARY = (
    (_KIND.CALL, _KIND.WRITE),
    (_KIND.CALL, _KIND.NO_CALL),
    (_KIND.WRITE, _KIND.NO_TEXT),
    (_KIND.NO_CALL, _KIND.NO_TEXT),
    (_KIND.NO_CALL, _KIND.CALL_HOURS),
)


def contrary_in(kinds: Container[str]) -> tuple[AccessNeed.Kind, AccessNeed.Kind] | None:
    """Find the first two kinds that contradict each other, if any."""
    return next((pair for pair in CONTRARY if pair[0] in kinds and pair[1] in kinds), None)
