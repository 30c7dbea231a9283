"""What was on screen when an agent spoke: read again here, so that nothing of a person comes with it."""

import re

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.access.scope import Scope, scope_of
from requests_app.accounts.agent_request import AgentRequest
from requests_app.channels.registry import channels
from requests_app.feedback.services import Shown
from requests_app.tickets.models import Ticket

_ROUTE = re.compile(r"[a-z_]{1,29}:[a-z_]{1,30}")

# By route, else by its room.
_PAGES: dict[str, Promise] = {
    "agenda": _("Agenda"),
    "archives": _("Archives"),
    "backoffice": _("Demandes"),
    "backoffice:person": _("Fiche d’une personne"),
    "backoffice:persons": _("Personnes"),
    "backoffice:search": _("Recherche"),
    "backoffice:ticket": _("Une demande"),
    "backoffice:triage": _("Tri"),
    "dashboards": _("Pilotage"),
    "intake": _("Quarantaine"),
    "regimes": _("Délais et recours"),
}


def read_shown(request: AgentRequest) -> Shown:
    """Return the Maison, topic and channel of the ticket that was open, else where the agent works.

    The number of the ticket is not stored, and a reserved ticket lends nothing but its Maison.
    """
    scope, user = scope_of(request.user), request.user
    page = request.POST.get("page", "")
    page = page if _ROUTE.fullmatch(page) else ""
    ticket = _open_ticket(request, scope)
    if ticket is None:
        return Shown(user.current_maison, page=page)
    maison = ticket.maison or user.current_maison
    if ticket.is_sensitive:
        return Shown(maison, page=page)
    return Shown(maison, topic=ticket.topic, channel=ticket.channel, page=page)


def page_label(page: str) -> str:
    """Return the name of a kind of page; nothing for one without a name."""
    room = page.partition(":")[0]
    if label := _PAGES.get(page) or _PAGES.get(room):
        return str(label)
    return next((str(each.label) for each in channels() if each.key == room), "")


def _open_ticket(request: HttpRequest, scope: Scope) -> Ticket | None:
    reference = request.POST.get("demande", "")[:40]
    if not reference:
        return None
    rows = Ticket.objects.within(scope).select_related("maison", "topic")
    return rows.filter(reference=reference).first()
