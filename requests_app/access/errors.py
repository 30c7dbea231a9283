"""Named refusals; their text is shown to the agent as it is."""

from django.utils.translation import gettext_lazy as _

from requests_app.lib import refusals


class Refused(refusals.Refused):
    """Something the policy does not allow."""


class ReasonMissing(Refused):
    message = _("Écrivez pourquoi, en quelques mots : ils seront lus par les responsables.")


class NotAllowed(Refused):
    message = _("Votre rôle n’ouvre aucune demande.")
