"""The locked screen, and what it stored (threats: W11)."""

from urllib.parse import urlencode

from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from requests_app.accounts import locking, stored_forms
from requests_app.accounts.forms import UnlockForm
from requests_app.lib.paths import own_path


@never_cache
@require_http_methods(["GET", "POST"])
def lock(request: HttpRequest) -> HttpResponse:
    """Lock on POST; show the locked screen on GET."""
    following = own_path(request.POST.get("next") or request.GET.get("next"), otherwise="")
    if request.method == "POST" and request.user.is_authenticated:
        locking.lock(request)
        query = f"?{urlencode({'next': following})}" if following else ""
        return redirect(reverse("accounts:lock") + query)
    if not request.locked_user:  # type: ignore[attr-defined]
        return redirect(following or "home")
    return _locked_screen(request, UnlockForm(request, request.locked_user), following)  # type: ignore[attr-defined]


@sensitive_post_parameters("password")
@never_cache
@require_POST
def unlock(request: HttpRequest) -> HttpResponse:
    """Open the screen again for the same agent, at the same page."""
    following = own_path(request.POST.get("next"), otherwise="")
    agent = request.locked_user  # type: ignore[attr-defined]
    if not agent:
        return redirect(following or "home")
    form = UnlockForm(request, agent, request.POST)
    if not form.is_valid():
        return _locked_screen(request, form, following)
    login(request, agent, backend="django.contrib.auth.backends.ModelBackend")
    locking.unlock(request)
    if stored_forms.stored_form(request):
        return redirect("accounts:resume")
    return redirect(following or "home")


@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Note that someone is in front of the screen; called by session.js."""
    if not request.user.is_authenticated:
        return HttpResponseForbidden()
    locking.stay(request)
    return HttpResponse(status=204)


@login_required
@require_GET
def resume(request: HttpRequest) -> HttpResponse:
    """Offer again what was sent while the screen was locked."""
    form = stored_forms.stored_form(request)
    if form is None:
        return redirect("home")
    return render(request, "accounts/resume.html", {"kept": form})


@login_required
@require_POST
def discard_form(request: HttpRequest) -> HttpResponse:
    """Discard the stored form: the agent no longer wants it."""
    stored_forms.forget(request)
    return redirect("home")


def _locked_screen(request: HttpRequest, form: UnlockForm, following: str) -> HttpResponse:
    context = {
        "form": form,
        "next": following,
        "agent": form.user,
        "has_kept": bool(stored_forms.stored_form(request)),
    }
    return render(request, "accounts/lock.html", context)
