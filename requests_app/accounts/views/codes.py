"""The code asked after the password."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from requests_app.accounts import half_signed, stored_forms
from requests_app.accounts.locking import stay
from requests_app.accounts.second_factor import is_accepted
from requests_app.accounts.second_factor_forms import CodeForm
from requests_app.lib.paths import own_path


@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Open the session of the agent who gave the password; without that, go back to the password."""
    following = own_path(request.POST.get("next") or request.GET.get("next"), otherwise="")
    agent = half_signed.expected_user(request)
    if request.user.is_authenticated:
        return redirect(following or "home")
    if agent is None:
        return redirect("accounts:sign_in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if is_accepted(request, agent, form.cleaned_data["code"], timezone.now()):
            half_signed.forget(request)
            login(request, agent, backend="django.contrib.auth.backends.ModelBackend")
            stay(request)
            return redirect("accounts:resume" if stored_forms.claim(request, agent) else following or "home")
        form.add_error("code", _("Ce code ne va pas. Attendez le suivant, ou écrivez un code de secours."))
    return render(request, "accounts/code.html", {"form": form, "next": following, "agent": agent})
