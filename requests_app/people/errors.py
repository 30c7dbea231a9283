"""Named refusals; their text is shown to the agent as it is."""

from django.utils.translation import gettext_lazy as _

from requests_app.lib import refusals


class Refused(refusals.Refused):
    """Something that cannot be stored about a person."""


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
