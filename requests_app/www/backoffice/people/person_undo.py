"""« Remettre ce contact »: what was just removed, named by the address of the page that follows."""

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from requests_app.people.history import Change
from requests_app.www.backoffice.ticket.undo import SHOWN_FOR, Undo
from requests_app.www.backoffice.triage.listing import read_number

REMOVED = "retire"


def removed_just_now(
    request: HttpRequest, person_id: int, history: Iterable[Change], now: datetime
) -> Undo | None:
    """Return the contact named by the address, when it was removed a moment ago and is still gone."""
    number = read_number(request.GET, REMOVED)
    found = next((change for change in history if change.id == number and change.can_come_back), None)
    if found is None or found.at < now - SHOWN_FOR:
        return None
    return Undo(
        strong=_("Le contact est retiré."),
        text=" ".join(line.was for line in found.lines),
        action=reverse("backoffice:point_restore", args=[person_id, found.id]),
        label=_("Remettre ce contact"),
        value=0,
        over=_("Il reste retiré. Pour le remettre : « Qui a changé quoi », sur cette page."),
        name="",
    )
