"""The waiting lists of a ticket on its page: since when, what was offered, and how to undo the last step."""

import math
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from requests_app.tickets.selectors.family import family_of
from requests_app.waiting_list.models import Place
from requests_app.waiting_list.selectors import waits_of
from requests_app.www.backoffice.ticket.opening import OpenedTicket
from requests_app.www.backoffice.ticket.undo import Undo
from requests_app.www.backoffice.triage.listing import read_number

DONE = "attente"  # ?fait=attente&v=<id>: somebody has just been put on a list, or has left it
LASTS = timedelta(seconds=10)


def waiting_of(request: HttpRequest, opened: OpenedTicket) -> dict[str, Any]:
    """Return what the side panel shows; most tickets wait for nothing, and cost no statement."""
    rows = waits_of(opened.ticket, at=opened.now) if opened.is_waiting else []
    return {"rows": rows, "undo": _undo_of(request, opened)}


def _undo_of(request: HttpRequest, opened: OpenedTicket) -> Undo | None:
    """Return the undo of what was just done to a place, while it is fresh."""
    asked = read_number(request.GET, "v") if request.GET.get("fait") == DONE else None
    if asked is None:
        return None
    place = Place.objects.filter(pk=asked, ticket__in=family_of(opened.ticket)).first()
    if place is None or place.ended_why not in ("", Place.Ending.LEFT):
        return None
    left = ((place.ended_at or place.since) + LASTS - opened.now).total_seconds()
    return _undo(opened.ticket.reference, place, math.ceil(left)) if left > 0 else None


def _undo(reference: str, place: Place, seconds: int) -> Undo:
    has_left = place.ended_at is not None
    return Undo(
        strong=_("Retirée de la liste d’attente.") if has_left else _("Mise sur la liste d’attente."),
        text="",
        action=reverse("agenda:wait", args=[reference, "reprendre" if has_left else "retirer"]),
        label=_("Annuler"),
        value=place.pk,
        over=_("C’est gardé."),
        name="attente",
        seconds=seconds,
    )
