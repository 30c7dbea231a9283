"""An agent's own code at sign-in: turn it on, print new backup codes, turn it off."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from requests_app.accounts import otp
from requests_app.accounts.agent_request import AgentRequest
from requests_app.accounts.errors import Refused
from requests_app.accounts.second_factor import is_to_be_set_up
from requests_app.accounts.second_factor_forms import ChangeForm, CodeForm
from requests_app.accounts.services import (
    renew_backup_codes,
    turn_off_second_factor,
    turn_on_second_factor,
)
from requests_app.lib.qr import qr_of

DRAWN = "drawn_key"  # in the session, encrypted, until the application gives its first code
PAGE = "accounts:second_factor"


@sensitive_post_parameters("password", "code")
@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def second_factor(request: AgentRequest) -> HttpResponse:
    """Show the state on GET; on POST do what the button says (``do``)."""
    if request.method == "GET":
        return _page(request)
    verb = VERBS.get(request.POST.get("do", ""))
    if verb is None:
        raise BadRequest("unknown button")
    return verb(request)


def _begin(request: HttpRequest) -> HttpResponse:
    request.session[DRAWN] = otp.seal(otp.new_key())
    return redirect(PAGE)


@sensitive_variables()
def _confirm(request: AgentRequest) -> HttpResponse:
    form, key = CodeForm(request.POST), _drawn_key(request)
    if not key:
        return redirect(PAGE)
    if not form.is_valid():
        return _page(request, form)
    agent, code = request.user, form.cleaned_data["code"]
    try:
        codes = turn_on_second_factor(user=agent, key=key, code=code, at=timezone.now())
    except Refused as refusal:
        form.add_error("code", str(refusal))
        return _page(request, form)
    request.session.pop(DRAWN)
    return _show_codes(request, codes)


@sensitive_variables()
def _renew(request: AgentRequest) -> HttpResponse:
    form = ChangeForm(request, request.user, request.POST)
    if not form.is_valid():
        return _page(request, form)
    return _show_codes(request, renew_backup_codes(user=form.user, at=timezone.now()))


def _turn_off(request: AgentRequest) -> HttpResponse:
    form = ChangeForm(request, request.user, request.POST)
    if not form.is_valid():
        return _page(request, form)
    turn_off_second_factor(user=form.user, by=form.user, at=timezone.now())
    messages.success(request, _("Le code à la connexion est retiré."))
    return redirect("home")


VERBS: dict[str, Callable[[AgentRequest], HttpResponse]] = {
    "begin": _begin,
    "confirm": _confirm,
    "codes": _renew,
    "off": _turn_off,
}


@sensitive_variables()
def _page(request: AgentRequest, form: CodeForm | ChangeForm | None = None) -> HttpResponse:
    agent, key = request.user, _drawn_key(request)
    context: dict[str, object] = {"agent": agent, "form": form, "must": is_to_be_set_up(agent)}
    if agent.second_factor_at:
        left = agent.second_factor.backup_codes.count()
        context |= {"form": form or ChangeForm(request, agent), "left": left}
    elif key:
        qr = qr_of(otp.address_of(key, agent.username))
        context |= {"form": form or CodeForm(), "qr": qr, "key": otp.group_by_four(key)}
    return render(request, "accounts/second_factor.html", context)


def _show_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """Answer with the codes themselves, on no page to come back to: they are written nowhere else."""
    return render(request, "accounts/backup_codes.html", {"codes": codes})


def _drawn_key(request: HttpRequest) -> str:
    return otp.unseal(request.session.get(DRAWN, ""))
