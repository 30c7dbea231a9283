"""What « Qui ? » understands: somebody by name, birth, contact, or the reference of one of their tickets."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from requests_app.people import search_query
from requests_app.people.search_query import SearchQuery
from requests_app.people.written_names import split_typed_name
from requests_app.tickets.models import Ticket
from requests_app.tickets.references import find_reference, normalise

ANONYMOUS = "*"
NOBODY = _("Écrivez un nom ou un téléphone, ou * pour une personne anonyme.")
WRONG_NUMBER = _("Écrivez un numéro de téléphone, par exemple 06 39 98 12 34.")


def understand_query(typed: str, *, today: date) -> SearchQuery:
    """Parse what was typed, a reference first; never raises.

    Six letters may be a reference or a name: both are then returned.
    """
    reference, rest = find_reference(typed[: search_query.MAX_LENGTH])
    found = search_query.understand_query(rest, today=today)
    return replace(found, reference=reference or normalise(rest))


def refusal_of(typed: str, *, today: date) -> str:
    """Say why « Qui ? » refuses the text, beside the field; "" when it can be parsed."""
    if not typed.strip():
        return str(NOBODY)
    return str(WRONG_NUMBER) if understand_query(typed, today=today).has_wrong_number else ""


def who_as_plain(typed: str, *, today: date) -> dict[str, Any]:
    """Return what is understood as product.md promises; one statement when letters may be a reference."""
    if refusal := refusal_of(typed, today=today):
        return {"error": refusal}
    found = understand_query("" if typed.strip() == ANONYMOUS else typed, today=today)
    given, family = split_typed_name(found.name)
    return {
        "name": f"{given} {family}".strip() or None,
        "given_name": given or None,
        "family_name": family or None,
        "phone": found.phone or None,
        "mail": found.email or None,
        "birth_year": found.birth_years[0] if found.birth_years else None,
        "birth_date": found.birth_date.isoformat() if found.birth_date else None,
        "reference": _reference(typed, found.reference) or None,
    }


def _reference(typed: str, found: str) -> str:
    """Tell a reference from a name of the same letters, by the tickets that exist."""
    if not found or find_reference(typed)[0] or Ticket.objects.filter(reference=found).exists():
        return found
    return ""
