from django.utils.translation import gettext_lazy as _

from requests_app.tickets.errors import Refused


class AlreadyWaiting(Refused):
    message = _("Cette personne est déjà sur la liste d’attente.")


class CannotBeTold(Refused):
    message = _("Aucun numéro pour lui écrire par SMS. Ajoutez un numéro, puis recommencez.")


class ListedTooOften(Refused):
    message = _("Ce numéro attend déjà pour plusieurs personnes. Appelez-nous.")


class WrongDays(Refused):
    message = _("Le dernier jour vient après le premier.")
