"""Named refusals; their text is shown to the agent as it is."""

from django.utils.translation import gettext_lazy as _

from requests_app.tickets.errors import Refused


class InThePast(Refused):
    message = _("Choisissez une date et une heure à venir.")


class SlotTaken(Refused):
    """The agent or the room is not free; tells the times, and who has it."""


class HoldLost(SlotTaken):
    """The slot that was held has expired, and somebody took it before it was confirmed."""

    message = _("Cette heure n’était plus gardée, et elle vient d’être prise. Choisissez-en une autre.")


class ReasonRequired(Refused):
    """Allowed when the agent gives a reason: a closed Maison, a person expected elsewhere."""


class MaisonClosed(ReasonRequired):
    """The Maison is closed to visitors then."""


class PersonTaken(ReasonRequired):
    """The person is expected elsewhere at that hour."""


class NotHere(Refused):
    message = _("Cet agent ne travaille pas dans ce lieu. Choisissez un autre agent.")


class NotExpected(Refused):
    message = _("Ce rendez-vous a changé depuis que vous l’avez ouvert. Relisez-le, puis recommencez.")


class NotYet(Refused):
    message = _("Ce rendez-vous n’est pas encore passé.")
