"""« Qui a reçu quels droits »: every change of rights, for administrators and managers (threats: N14)."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from requests_app.access.gate import require
from requests_app.access.rights import rights_events
from requests_app.access.scope import scope_of
from requests_app.accounts.agent_request import AgentRequest
from requests_app.lib.paging import pager_of

PER_PAGE = 50


@require_GET
@login_required
def rights(request: AgentRequest) -> HttpResponse:
    """List the changes at the places that the reader answers for, the last first."""
    scope = scope_of(request.user)
    require(scope.can_review_glass)
    if not set(request.GET) <= {"page"}:
        raise BadRequest("unknown parameter")
    found = Paginator(rights_events(scope.reviewed_places), PER_PAGE).get_page(request.GET.get("page", ""))
    context = {
        "found": found,
        "pager": pager_of(found, request.GET),
        "has_board": scope.can_steer,
        "can_open": scope.can_manage_agents,
    }
    return render(request, "dashboards/rights.html", context)
