"""The keys of other software; for the role « Administrateur » only."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from requests_app.access.gate import restrict_to
from requests_app.accounts.agent_request import AgentRequest
from requests_app.api_keys.errors import Refused
from requests_app.api_keys.models import ApiKey
from requests_app.api_keys.services import create_key, revoke_key, rotate_key
from requests_app.www.backoffice.keys.key_forms import KeyForm
from requests_app.www.backoffice.keys.key_lists import list_keys, read_key

SHOWN_ONCE = "new_api_key"  # in the session, until the next page shows it

admin_required = restrict_to(lambda scope: scope.can_manage_agents)


@admin_required
@require_GET
def keys(request: HttpRequest) -> HttpResponse:
    """List the keys, those that open nothing any more too."""
    return render(request, "backoffice/keys.html", {"rows": list_keys(timezone.now())})


@admin_required
@require_http_methods(["GET", "POST"])
def key_new(request: AgentRequest) -> HttpResponse:
    """Create a key; its secret is shown on the next page, once."""
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            key, secret = create_key(**form.values(), by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            request.session[SHOWN_ONCE] = [key.pk, secret]
            return redirect("backoffice:key", pk=key.pk)
    return render(request, "backoffice/key_new.html", {"form": form})


@admin_required
@require_GET
def key(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a key may do, when it was used, and what it was refused."""
    found = get_object_or_404(ApiKey, pk=pk)
    context = {"page": read_key(found, timezone.now()), "secret": _take_secret(request, found)}
    return render(request, "backoffice/key.html", context)


@admin_required
@require_POST
def key_rotate(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a key a new secret, shown on the next page, once."""
    found = get_object_or_404(ApiKey, pk=pk)
    try:
        request.session[SHOWN_ONCE] = [found.pk, rotate_key(key=found, at=timezone.now())]
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("backoffice:key", pk=found.pk)


@admin_required
@require_http_methods(["GET", "POST"])
def key_revoke(request: AgentRequest, pk: int) -> HttpResponse:
    """Close a key, once the administrator has confirmed it."""
    found = get_object_or_404(ApiKey, pk=pk)
    if request.method == "POST":
        revoke_key(key=found, by=request.user, at=timezone.now())
        messages.success(request, _("La clé est révoquée : elle n’ouvre plus rien."))
        return redirect("backoffice:key", pk=found.pk)
    return render(request, "backoffice/key_revoke.html", {"key": found})


def _take_secret(request: HttpRequest, found: ApiKey) -> str:
    pk, secret = request.session.get(SHOWN_ONCE) or (None, "")
    if pk != found.pk:
        return ""
    del request.session[SHOWN_ONCE]
    return str(secret)
