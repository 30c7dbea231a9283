"""A number, then a code sent to the contact on record (threats: W09): the same answer for every number."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from channels_app.portal import codes, limits
from channels_app.portal.limits import Attempt
from channels_app.portal.preserve_input import preserve_input
from requests_app.lib.callers import address_of
from requests_app.lib.no_referrer import no_referrer

COOKIE = "gru_code"


@require_http_methods(["GET", "HEAD", "POST"])
@no_referrer
@preserve_input
def follow(request: HttpRequest) -> HttpResponse:
    """Ask for the number; a code is sent if there is such a ticket and a contact."""
    if request.method != "POST":
        return _page(request)
    typed = request.POST.get("numero", "")
    reference = codes.reference_in(typed)
    if not reference:
        return _page(
            request, typed, _("Écrivez votre numéro, par exemple %(sample)s.") % {"sample": sample()}
        )
    return ask_code(request, reference)


def sample() -> str:
    return f"{settings.REFERENCE_PREFIX}-7K4P2Q"


def _page(request: HttpRequest, typed: str = "", error: str = "") -> HttpResponse:
    return render(request, "portal/follow.html", {"typed": typed, "error": error, "sample": sample()})


def ask_code(request: HttpRequest, reference: str, appointment_id: int | None = None) -> HttpResponse:
    """Store the request and redirect to the code page, within limits that ignore the ticket."""
    at = timezone.now()
    where = address_of(request)
    asked = Attempt(codes.ASKS_BY_ADDRESS, where), Attempt(codes.ASKS_BY_NUMBER, reference)
    if limits.is_over(*asked, at=at):
        return _wait(request)
    limits.note(*asked, at=at)
    response = redirect("portal:code")
    response.set_cookie(
        COOKIE,
        codes.ask(reference=reference, appointment_id=appointment_id, at=at),
        max_age=int(codes.LASTS.total_seconds()),
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
        path="/suivi/",
    )
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@no_referrer
@preserve_input
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the code; the right one opens the page for half an hour."""
    token = request.COOKIES.get(COOKIE, "")
    if not token:
        return redirect("portal:follow")
    if request.method != "POST":
        return _code_page(request, token)
    return _check_code(request, token, timezone.now())


def _check_code(request: HttpRequest, token: str, at: datetime) -> HttpResponse:
    if codes.is_tried_too_often(token, at=at):
        return _wait(request)
    address = codes.check(token=token, typed=request.POST.get("code", ""), at=at)
    if not address:
        error = _("Ce n’est pas le bon code. Regardez le dernier message reçu, puis essayez encore.")
        return _code_page(request, token, error)
    response = redirect(address)
    response.delete_cookie(COOKIE, path="/suivi/")
    return response


def _code_page(request: HttpRequest, token: str, error: str = "") -> HttpResponse:
    context = {"error": error, "is_appointment": codes.is_for_appointment(token)}
    return render(request, "portal/code.html", context)


def _wait(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/wait.html", {}, status=429)
