"""Who else is on a ticket, and whether it has changed: polled by the page every fifteen seconds."""

import zlib
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from requests_app.accounts.agent_request import AgentRequest
from requests_app.answers.selectors import Writer, drafts_of
from requests_app.answers.services import be_present
from requests_app.lib import french
from requests_app.tickets.models import Ticket
from requests_app.www.backoffice.ticket.opening import open_sent
from requests_app.www.backoffice.triage.listing import read_listing, read_number


@dataclass(frozen=True, slots=True)
class PresenceLine:
    icon: str
    text: str


@dataclass(frozen=True, slots=True)
class Others:
    """What the page says of colleagues; ``version`` is that of the page, ``is_stale`` when it is old."""

    url: str
    page_url: str
    version: int
    lines: list[PresenceLine]
    is_stale: bool = False

    @property
    def known(self) -> int:
        """Return a number that changes when the sentences do."""
        return zlib.crc32("\n".join([*(line.text for line in self.lines), str(self.is_stale)]).encode())


def others_on(ticket: Ticket, writers: list[Writer], *, version: int, query: str, now: datetime) -> Others:
    """Describe colleagues in sentences; compare the ticket now with the version of the page."""
    place = f"?{query}" if query else ""
    return Others(
        url=reverse("backoffice:presence", args=[ticket.reference]) + place,
        page_url=reverse("backoffice:ticket", args=[ticket.reference]) + place,
        version=version,
        lines=[PresenceLine("pencil" if each.kind else "eye", _sentence(each, now)) for each in writers],
        is_stale=ticket.version != version,
    )


def _sentence(writer: Writer, now: datetime) -> str:
    said = {"name": writer.name, "when": french.near(writer.at, now)}
    if not writer.kind:
        return _("%(name)s lit cette demande.") % said
    if writer.is_here:
        writes = {
            "answer": _("%(name)s écrit une réponse dans cette demande."),
            "note": _("%(name)s écrit une note dans cette demande."),
        }
        return writes[writer.kind] % said
    began = {
        "answer": _("%(name)s a commencé une réponse (%(when)s)."),
        "note": _("%(name)s a commencé une note (%(when)s)."),
    }
    return began[writer.kind] % said


@require_POST
@login_required
def presence(request: AgentRequest, reference: str) -> HttpResponse:
    """Note that the agent is here, and say who else is; 204 when the page already says so."""
    opened = open_sent(request, reference)
    if opened.glass:  # sent away a moment ago: nobody waits for them
        return HttpResponse(status=204)
    listing = read_listing(request, opened.scope) if request.GET else None
    be_present(ticket=opened.ticket, by=opened.user, at=opened.now)
    version = read_number(request.POST, "version") or opened.ticket.version
    drafts = drafts_of(opened.ticket, opened.user, now=opened.now)
    others = others_on(
        opened.ticket,
        drafts.writers,
        version=version,
        query=listing.query if listing else "",
        now=opened.now,
    )
    if read_number(request.POST, "known") == others.known:
        return HttpResponse(status=204)
    answer = render(request, "backoffice/_presence.html", {"others": others})
    return trigger_client_event(answer, "annonce", {"value": " ".join(_aloud(others))})


def _aloud(others: Others) -> list[str]:
    stale = [_("Cette demande a changé depuis que vous l’avez ouverte.")] if others.is_stale else []
    return [*(line.text for line in others.lines), *stale]
