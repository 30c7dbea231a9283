"""The word, the icon and the colour of each state: nothing is said by colour alone.

Keys are the codes of design/product.md; an unknown one gets an explicit badge, never an empty place.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Badge:
    """What people see for a code: `css` is the end of a class name of gru.css."""

    word: str | Promise
    icon: str = ""
    css: str = ""


# Ticket, then Arrival: their codes do not meet.
STATES = {
    "to_sort": Badge(_("À trier"), "", "brand"),
    "open": Badge(_("Ouverte"), "", "info"),
    "waiting_person": Badge(_("En attente de la personne"), "hourglass-split", "warn"),
    "waiting_other": Badge(_("En attente d’un autre service"), "hourglass-split", "warn"),
    "closed": Badge(_("Terminée"), "", ""),
    "pending": Badge(_("En cours de lecture"), "hourglass-split", ""),
    "heard": Badge(_("Comprise"), "check-circle-fill", "ok"),
    "quarantined": Badge(_("En quarantaine"), "shield-exclamation", "warn"),
    "discarded": Badge(_("Écartée"), "x-circle", ""),
}
UNKNOWN_STATE = Badge(_("État inconnu"), "question-circle", "warn")

DELIVERIES = {
    "queued": Badge(_("En attente d’envoi"), "clock", "wait"),
    "sending": Badge(_("Envoi en cours"), "clock", "wait"),
    "sent": Badge(_("Envoyé"), "check-lg", "wait"),
    "delivered": Badge(_("Remis"), "check2-circle"),
    "failed": Badge(_("Non remis"), "exclamation-circle-fill", "bad"),
    "uncertain": Badge(_("Remise à vérifier"), "question-circle", "bad"),
    "cancelled": Badge(_("Annulé"), "x-circle", "wait"),
    "refused": Badge(_("Non envoyé"), "x-circle", "bad"),
}
UNKNOWN_DELIVERY = Badge(_("Remise inconnue"), "question-circle", "bad")

# Levels of django.contrib.messages and of our own notices.
NOTICES = {
    "success": Badge(_("C’est fait"), "check-circle-fill", "ok"),
    "warning": Badge(_("Attention"), "exclamation-triangle-fill", "warn"),
    "error": Badge(_("Il y a un problème"), "exclamation-circle-fill", "bad"),
    "info": Badge(_("Information"), "info-circle-fill", ""),
}
