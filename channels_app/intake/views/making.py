from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from channels_app.intake import services
from channels_app.intake.listing import ListQuery, parse_query
from channels_app.intake.views.reading import open_arrival
from requests_app.accounts.agent_request import AgentRequest
from requests_app.tickets.errors import Refused


@login_required
@require_POST
def make_ticket(request: AgentRequest, pk: int) -> HttpResponse:
    """Make a ticket of one arrival; redirect to the list of the button, or to the arrival's page."""
    arrival, chosen = open_arrival(request, pk), _list(request)
    try:
        services.make_ticket(arrival=arrival, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _back(chosen, pk)
    return _back(chosen, pk, faite=str(pk))


@login_required
@require_POST
def unmake_ticket(request: AgentRequest, pk: int) -> HttpResponse:
    """Delete the ticket; the arrival waits, or is discarded, as before."""
    arrival, chosen = open_arrival(request, pk), _list(request)
    try:
        services.unmake_ticket(arrival=arrival, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Demande annulée. Le message est de nouveau là où il était."))
    return _back(chosen, pk)


def _list(request: HttpRequest) -> ListQuery | None:
    """Return the list of the button; None when it was on the arrival's page."""
    return parse_query(request) if request.GET else None


def _back(chosen: ListQuery | None, pk: int, **once: str) -> HttpResponse:
    if chosen:
        return redirect(chosen.url(**once))
    page = reverse("intake:arrival", args=[pk])
    return redirect(f"{page}?{urlencode(once)}" if once else page)
