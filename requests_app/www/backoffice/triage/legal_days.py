"""What silence decides soon, for those who may prevent it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from requests_app.access.gate import require
from requests_app.access.scope import scope_of
from requests_app.accounts.agent_request import AgentRequest
from requests_app.tickets.deadlines import local_day
from requests_app.tickets.selectors.legal_days import upcoming


@require_GET
@login_required
def legal_days(request: AgentRequest) -> HttpResponse:
    """List the implicit decisions of the agent's Maisons, the nearest first."""
    scope = scope_of(request.user)
    require(scope.can_triage)
    lines = upcoming(scope, today=local_day(timezone.now()))
    return render(request, "backoffice/legal_days.html", {"lines": lines})
