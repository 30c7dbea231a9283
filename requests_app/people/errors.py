"""Named refusals; their text is shown to the agent as it is."""

from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """Something that cannot be kept of a person."""

    message = _("Cette action n’est pas possible maintenant.")

    def __init__(self, message: str | None = None) -> None:
        super().__init__(str(message or self.message))


class NotANumber(Refused):
    message = _("Écrivez un numéro de téléphone, par exemple 06 12 34 56 78.")


class NotAnAddress(Refused):
    message = _("Écrivez une adresse e-mail, par exemple nom@exemple.fr.")


class KnownAlready(Refused):
    message = _("Cette personne a déjà ce contact.")


class ChangedMeanwhile(Refused):
    message = _("Un collègue vient de changer cela. Relisez, puis recommencez.")


class RefusedByPerson(Refused):
    message = _("La personne a dit STOP à ce contact. Elle seule peut revenir dessus, en écrivant START.")
