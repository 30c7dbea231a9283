"""An agent's preferences: theme, density, shortcuts, language."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from requests_app.accounts.agent_request import AgentRequest
from requests_app.accounts.models import User

YEAR_S = 365 * 24 * 3600
KNOWN = {
    "theme": set(User.Theme.values),
    "density": set(User.Density.values),
    "shortcuts": {"on", "off"},
    "language": {code for code, _name in settings.LANGUAGES},
}


@require_POST
@login_required
def preferences(request: AgentRequest) -> HttpResponse:
    """Save the preferences, and go back to the page they were chosen on."""
    chosen = {key: request.POST[key] for key in KNOWN if key in request.POST}
    others = set(request.POST) - set(KNOWN) - {"csrfmiddlewaretoken", "next"}
    if others or any(value not in KNOWN[key] for key, value in chosen.items()):
        raise BadRequest("unknown preference")
    _keep(request.user, chosen)
    answer = HttpResponseRedirect(_back(request))
    if "language" in chosen:
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen["language"], max_age=YEAR_S, samesite="Lax")
    return answer


def _keep(user: User, chosen: dict[str, str]) -> None:
    values: dict[str, object] = {key: chosen[key] for key in ("theme", "density") if key in chosen}
    if "shortcuts" in chosen:
        values["shortcuts_on"] = chosen["shortcuts"] == "on"
    if values:
        User.objects.filter(pk=user.pk).update(**values)


def _back(request: HttpRequest) -> str:
    """Return a local path only (threats: W10)."""
    asked = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None, require_https=request.is_secure())
    return asked if is_ours and asked.startswith("/") else reverse("home")
