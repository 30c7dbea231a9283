"""The Maison an agent works at today."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from requests_app.accounts.agent_request import AgentRequest
from requests_app.accounts.errors import Refused
from requests_app.accounts.services import work_at
from requests_app.lib.paths import own_path


@login_required
@require_POST
def switch_place(request: AgentRequest) -> HttpResponse:
    """Change the current Maison; one where the agent holds no role is not found."""
    try:
        work_at(user=request.user, maison_id=request.POST.get("maison", ""))
    except Refused:
        raise Http404 from None
    return redirect(own_path(request.POST.get("next")))
