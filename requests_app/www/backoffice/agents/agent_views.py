"""Who works here and with which rights; for the role « Administrateur » only."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from requests_app.access.gate import restrict_to
from requests_app.accounts.agent_request import AgentRequest
from requests_app.accounts.errors import Refused
from requests_app.accounts.models import User
from requests_app.accounts.passwords import temporary_password
from requests_app.accounts.services import (
    change_agent,
    create_agent,
    give_temporary_password,
    remove_second_factor,
)
from requests_app.lib import french
from requests_app.lib.paging import pager_of
from requests_app.www.backoffice.agents.agent_forms import AgentForm, LeaveForm, grant_rows, grants_of
from requests_app.www.backoffice.agents.agent_leaving import dismiss, open_tickets_of
from requests_app.www.backoffice.agents.agent_lists import find_agents, rights_history

SHOWN_ONCE = "temporary_password"  # in the session, until the next page shows it

admin_required = restrict_to(lambda scope: scope.can_manage_agents)


@admin_required
@require_GET
def agents(request: HttpRequest) -> HttpResponse:
    """List the agents, including those who left."""
    found = find_agents(request.GET.get("q", ""), request.GET.get("page", ""))
    context = {"found": found, "pager": pager_of(found.page, request.GET)}
    return render(request, "backoffice/agents.html", context)


@admin_required
@require_http_methods(["GET", "POST"])
def agent_new(request: AgentRequest) -> HttpResponse:
    """Create an agent; the temporary password is shown on the next page, once."""
    form = AgentForm(request.POST or None)
    rows = grant_rows(request.POST or None)
    if _asks_one_more(request):
        rows = rows.add_empty_row()
    elif request.method == "POST" and form.is_valid() and rows.is_valid():
        password = temporary_password()
        try:
            user = create_agent(
                **form.cleaned_data,
                password=password,
                grants=grants_of(rows),
                by=request.user,
                at=timezone.now(),
                must_change_password=True,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            request.session[SHOWN_ONCE] = [user.pk, password]
            return redirect("backoffice:agent", pk=user.pk)
    return render(request, "backoffice/agent_form.html", {"form": form, "rows": rows, "agent": None})


@admin_required
@require_http_methods(["GET", "POST"])
def agent(request: AgentRequest, pk: int) -> HttpResponse:
    """Change an agent's name and roles; every change of rights is listed below."""
    user = get_object_or_404(User.objects.agents(), pk=pk)
    form = AgentForm(request.POST or None, agent=user)
    rows = grant_rows(request.POST or None, agent=user)
    if _asks_one_more(request):
        rows = rows.add_empty_row()
    elif request.method == "POST" and form.is_valid() and rows.is_valid():
        try:
            values = form.cleaned_data
            change_agent(user=user, **values, grants=grants_of(rows), by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("C’est enregistré. Les droits changent dès la prochaine page."))
            return redirect("backoffice:agent", pk=user.pk)
    shown_once = _take_password(request, user)
    context = {
        "form": form,
        "rows": rows,
        "agent": user,
        "shown_once": shown_once,
        "history": rights_history(user),
    }
    return render(request, "backoffice/agent_form.html", context)


@admin_required
@require_POST
def agent_password(request: AgentRequest, pk: int) -> HttpResponse:
    """Set a new temporary password, shown on the next page, once."""
    user = get_object_or_404(User.objects.agents(), pk=pk)
    try:
        password = give_temporary_password(user=user, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        request.session[SHOWN_ONCE] = [user.pk, password]
    return redirect("backoffice:agent", pk=user.pk)


@admin_required
@require_POST
def agent_second_factor(request: AgentRequest, pk: int) -> HttpResponse:
    """Turn off the code at sign-in of an agent who lost the phone."""
    user = get_object_or_404(User.objects.agents(), pk=pk)
    try:
        remove_second_factor(user=user, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Le code à la connexion est retiré."))
    return redirect("backoffice:agent", pk=user.pk)


@admin_required
@require_http_methods(["GET", "POST"])
def agent_leave(request: AgentRequest, pk: int) -> HttpResponse:
    """Close an account after choosing who takes its tickets."""
    user = get_object_or_404(User.objects.present(), pk=pk)
    form = LeaveForm(request.POST or None, leaver=user)
    if request.method == "POST" and form.is_valid():
        try:
            count = dismiss(user=user, to=form.cleaned_data["to"], by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _describe_departure(user, count))
            return redirect("backoffice:agents")
    context = {"form": form, "agent": user, "count": open_tickets_of(user)}
    return render(request, "backoffice/agent_leave.html", context)


def _asks_one_more(request: HttpRequest) -> bool:
    return request.method == "POST" and "more" in request.POST


def _take_password(request: HttpRequest, user: User) -> str:
    pk, password = request.session.get(SHOWN_ONCE) or (None, "")
    if pk != user.pk or request.method != "GET":
        return ""
    del request.session[SHOWN_ONCE]
    return str(password)


def _describe_departure(user: User, count: int) -> str:
    moved = ngettext("%(n)s demande changée d’agent.", "%(n)s demandes changées d’agent.", count) % {
        "n": count
    }
    message = _("Le compte de %(name)s est fermé. %(moved)s") % {"name": user.full_name, "moved": moved}
    return french.elide(message)
