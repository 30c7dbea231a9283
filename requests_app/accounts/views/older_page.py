"""A form whose page is older than the session: offered again to its own agent, refused otherwise (W11)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.csrf import csrf_failure

from requests_app.accounts import stored_forms
from requests_app.accounts.models import User
from requests_app.accounts.typist import typist_of
from requests_app.lib.questions import is_keeping_typing, is_question


def confirm_older_page(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Ask the agent to confirm what their older page sends: a later sign-in has changed the CSRF secret.

    Only for a page whose signed token says that it is theirs; nothing is done before they confirm.
    """
    here = request.locked_user or request.user  # type: ignore[attr-defined]
    if not isinstance(here, User) or typist_of(request, here) != here or not _is_an_act(request):
        return csrf_failure(request, reason=reason)
    stored_forms.store(request, agent_id=here.pk)
    if stored_forms.stored_form(request) is None:  # too long to be stored
        return csrf_failure(request, reason=reason)
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": reverse("accounts:resume")})
    return redirect("accounts:resume")


def _is_an_act(request: HttpRequest) -> bool:
    """Tell whether it is neither a search nor what a page saves by itself."""
    if request.resolver_match is None:
        return False
    view = request.resolver_match.func
    return not (is_question(view) or is_keeping_typing(view))
