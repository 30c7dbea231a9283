"""Open and close a session."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from requests_app.accounts import half_signed, stored_forms
from requests_app.accounts.agent_request import AgentRequest
from requests_app.accounts.forms import NewPasswordForm, SignInForm
from requests_app.accounts.locking import stay
from requests_app.accounts.models import User
from requests_app.accounts.services import set_own_password
from requests_app.lib.paths import own_path


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask who is there; a locked screen asks for its own agent instead."""
    following = own_path(request.POST.get("next") or request.GET.get("next"), otherwise="")
    if request.locked_user:  # type: ignore[attr-defined]
        query = f"?{urlencode({'next': following})}" if following else ""
        return redirect(reverse("accounts:lock") + query)
    if request.user.is_authenticated:
        return redirect(following or "home")
    form = SignInForm(request, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _open(request, form.get_user(), following)
    context = {
        "form": form,
        "next": following,
        "authority": settings.AUTHORITY_NAME,
        "has_kept": bool(stored_forms.stored_form(request)),
    }
    return render(request, "accounts/sign_in.html", context)


def _open(request: HttpRequest, agent: User, following: str) -> HttpResponse:
    """Open the session, or first ask those who have a second factor for their code (threats: W14)."""
    if agent.second_factor_at:
        half_signed.begin(request, agent)
        query = f"?{urlencode({'next': following})}" if following else ""
        return redirect(reverse("accounts:code") + query)
    login(request, agent)
    stay(request)
    return redirect("accounts:resume" if stored_forms.claim(request, agent) else following or "home")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Close the session, locked or not; the next agent finds an empty form."""
    agent = request.locked_user or request.user  # type: ignore[attr-defined]
    logout(request)
    answer = redirect("accounts:sign_in")
    if isinstance(agent, User):
        stored_forms.remember_who_left(answer, agent)
    return answer


@sensitive_post_parameters("password", "again")
@login_required
@require_http_methods(["GET", "POST"])
def password(request: AgentRequest) -> HttpResponse:
    """Choose a password of one's own."""
    agent = request.user
    form = NewPasswordForm(agent, request.POST or None)
    if request.method == "POST" and form.is_valid():
        set_own_password(user=agent, password=form.cleaned_data["password"])
        update_session_auth_hash(request, agent)
        messages.success(request, _("Votre mot de passe est changé."))
        return redirect("home")
    return render(request, "accounts/password.html", {"form": form})


@never_cache
def admin_sign_in(request: HttpRequest) -> HttpResponse:
    """Redirect the sign-in of Django's admin pages to ours."""
    if request.user.is_authenticated:
        raise PermissionDenied
    query = urlencode({"next": own_path(request.GET.get("next"), reverse("admin:index"))})
    return redirect(f"{reverse('accounts:sign_in')}?{query}")
