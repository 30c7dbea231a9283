"""The word, the icon and the colour of each state: nothing is said by colour alone.

Keys are the codes of design/product.md; an unknown one gets an explicit badge, never an empty place.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Sign:
    """What people see for a code: `css` is the end of a class name of gru.css."""

    word: str | Promise
    icon: str = ""
    css: str = ""


# Ticket, then Arrival: their codes do not meet.
STATES = {
    "to_sort": Sign(_("À trier"), "", "brand"),
    "open": Sign(_("Ouverte"), "", "info"),
    "waiting_person": Sign(_("En attente de la personne"), "hourglass-split", "warn"),
    "waiting_other": Sign(_("En attente d’un autre service"), "hourglass-split", "warn"),
    "closed": Sign(_("Terminée"), "", ""),
    "pending": Sign(_("En cours de lecture"), "hourglass-split", ""),
    "heard": Sign(_("Comprise"), "check-circle-fill", "ok"),
    "quarantined": Sign(_("En quarantaine"), "shield-exclamation", "warn"),
    "discarded": Sign(_("Écartée"), "x-circle", ""),
}
UNKNOWN_STATE = Sign(_("État inconnu"), "question-circle", "warn")

DELIVERIES = {
    "queued": Sign(_("En attente d’envoi"), "clock", "wait"),
    "sending": Sign(_("Envoi en cours"), "clock", "wait"),
    "sent": Sign(_("Envoyé"), "check-lg", "wait"),
    "delivered": Sign(_("Remis"), "check2-circle"),
    "failed": Sign(_("Non remis"), "exclamation-circle-fill", "bad"),
    "uncertain": Sign(_("Remise à vérifier"), "question-circle", "bad"),
    "cancelled": Sign(_("Annulé"), "x-circle", "wait"),
    "refused": Sign(_("Non envoyé"), "x-circle", "bad"),
}
UNKNOWN_DELIVERY = Sign(_("Remise inconnue"), "question-circle", "bad")

# Levels of django.contrib.messages and of our own notices.
NOTICES = {
    "success": Sign(_("C’est fait"), "check-circle-fill", "ok"),
    "warning": Sign(_("Attention"), "exclamation-triangle-fill", "warn"),
    "error": Sign(_("Il y a un problème"), "exclamation-circle-fill", "bad"),
    "info": Sign(_("Information"), "info-circle-fill", ""),
}
