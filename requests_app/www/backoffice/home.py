"""The first page after sign-in."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from requests_app.access.scope import Scope, scope_of
from requests_app.accounts.agent_request import AgentRequest
from requests_app.accounts.models import Role


@login_required
@require_GET
def home(request: AgentRequest) -> HttpResponse:
    """Redirect to where the agent's work is."""
    page = first_page(scope_of(request.user))
    if page is None:
        raise PermissionDenied
    return redirect(page)


def first_page(scope: Scope) -> str | None:
    """Return the route of an agent's first page; None for an account without any role."""
    if scope.reach(Role.CASE_HANDLER, Role.MANAGER):
        return "backoffice:triage"
    if scope.can_welcome:
        return "frontdesk:visit"
    if scope.can_manage_agents:
        return "backoffice:agents"
    if scope.can_read_law:
        return "regimes:regimes"
    return "archives:schedules" if scope.can_archive else None
