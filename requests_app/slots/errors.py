from django.utils.translation import gettext_lazy as _

from requests_app.tickets.errors import Refused


class NotTheirAgenda(Refused):
    message = _("Cet agenda n’est pas le vôtre. Demandez à un responsable du lieu.")


class Overlaps(Refused):
    message = _("Une autre plage tient déjà ces heures : %(others)s. Changez-la, ou terminez-la d’abord.")


class NeverHappens(Refused):
    message = _("Avec cette date de fin, la plage n’a lieu aucun jour.")


class SlotGone(Refused):
    """Nobody can receive at that hour any more."""

    message = _("Cette heure vient d’être prise. Voici les suivantes.")


class AlreadyBooked(Refused):
    message = _("Vous avez déjà un rendez-vous pour cette demande.")
