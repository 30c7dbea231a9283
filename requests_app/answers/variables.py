"""Variables of a template: « {numero} » becomes the reference of the current ticket."""

import re

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from requests_app.lib import french
from requests_app.maisons.models import Maison
from requests_app.tickets.messages.identity import identity_of
from requests_app.tickets.models import Ticket

VARIABLE = re.compile(r"\{([^{}\n]{0,40})\}")
TO_COMPLETE = re.compile(r"\[à compléter : ([^\]\n]{1,60})\]")

# Each name with its meaning: shown to template authors, and inside « [à compléter : …] ».
NAMES = {
    "personne": _("prénom et nom, ou « Madame, Monsieur »"),
    "prenom": _("prénom"),
    "nom": _("nom"),
    "numero": _("numéro de la demande"),
    "sujet": _("sujet de la demande"),
    "maison": _("nom du lieu"),
    "adresse": _("adresse du lieu"),
    "telephone": _("téléphone du lieu"),
    "date_reponse": _("date de réponse annoncée"),
}


def unknown_in(text: str) -> list[str]:
    """Return unknown variables, in order."""
    return [name for name in dict.fromkeys(VARIABLE.findall(text)) if name not in NAMES]


def find_blanks(text: str) -> list[str]:
    """Return what an agent must still write in place of « [à compléter : …] »."""
    return list(dict.fromkeys(TO_COMPLETE.findall(text)))


def fill(text: str, values: dict[str, str]) -> str:
    """Replace known variables; one without a value is marked, so that the answer cannot leave like that."""

    def value_of(found: re.Match[str]) -> str:
        name = found[1]
        if name not in NAMES:
            return found[0]
        return values.get(name) or f"[à compléter : {NAMES[name]}]"

    return VARIABLE.sub(value_of, text)


def values_of(ticket: Ticket, maison: Maison | None) -> dict[str, str]:
    """Return what the ticket can say; a sensitive topic stays out of messages (threats: A03)."""
    person, who = ticket.person, identity_of(maison)
    topic = ticket.topic.label if ticket.topic and not ticket.is_sensitive else ""
    return {
        "personne": (person.full_name if person else "") or "Madame, Monsieur",
        "prenom": person.given_name if person else "",
        "nom": (person.usage_name or person.family_name) if person else "",
        "numero": ticket.reference,
        "sujet": topic,
        "maison": who.name,
        "adresse": who.address,
        "telephone": who.phone or settings.AUTHORITY_PHONE,
        "date_reponse": french.day(ticket.due_at) if ticket.due_at else "",
    }
