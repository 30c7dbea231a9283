"""« Voir ou changer »: the page of an appointment, opened by the link of a message.

Reading changes nothing: programs that look at links before people do must not cancel for them (W06).
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from channels_app.portal.appointments import DONE, LONGEST, Shown, act, ask_other_date, opened_by
from channels_app.portal.discretion import discreet
from channels_app.portal.forms.base import without_nul
from requests_app.appointments.calendar_file import calendar_file, where
from requests_app.tickets.errors import Refused

PAGE = "portal/appointment.html"


@require_safe
def appointments(request: HttpRequest) -> HttpResponse:
    """Say how to come to one's appointment: by the link of a message, or by voice."""
    return render(request, "portal/appointments.html")


@require_safe
@discreet
def appointment(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the date, the place, and what may be done."""
    shown = opened_by(secret, timezone.now())
    if shown is None:
        return _ended(request)
    done = request.GET.get("fait", "")
    return render(request, PAGE, _context(shown, secret, done=done))


@require_POST
@discreet
def step(request: HttpRequest, secret: str, name: str) -> HttpResponse:
    """Confirm, cancel, or take the cancelling back: by a button, never by a link."""
    shown = opened_by(secret, timezone.now())
    if shown is None:
        return _ended(request)
    if name not in DONE:
        raise Http404
    try:
        act(shown, name)
    except Refused as refusal:
        return _refused(request, secret, str(refusal))
    return redirect(f"{_address(secret)}?fait={DONE[name]}")


@require_POST
@discreet
def other_date(request: HttpRequest, secret: str) -> HttpResponse:
    """Keep her words on the demand."""
    shown = opened_by(secret, timezone.now())
    if shown is None:
        return _ended(request)
    words = without_nul(request.POST.get("quand", "")).strip()
    if not words or len(words) > LONGEST:
        said = _("Écrivez quand vous pouvez venir, par exemple : mardi matin.")
        return _refused(request, secret, said, typed=words, field="quand")
    try:
        ask_other_date(shown, words)
    except Refused as refusal:
        return _refused(request, secret, str(refusal), typed=words)
    return redirect(f"{_address(secret)}?fait=demande")


@require_safe
@discreet
def appointment_file(request: HttpRequest, secret: str) -> HttpResponse:
    """The appointment for her own calendar."""
    now = timezone.now()
    shown = opened_by(secret, now)
    if shown is None or shown.is_hidden:
        return _ended(request)
    answer = HttpResponse(
        calendar_file(shown.appointment, at=now), content_type="text/calendar; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="rendez-vous.ics"'
    return answer


def _context(
    shown: Shown, secret: str, *, done: str = "", error: str = "", typed: str = "", field: str = ""
) -> dict[str, Any]:
    maison = shown.appointment.maison
    return {
        "shown": shown,
        "appointment": shown.appointment,
        "where": where(shown.appointment),
        "place": maison,
        "has_way": maison.lat is not None and maison.lon is not None,
        "secret": secret,
        "done": done,
        "error": error,
        "typed": typed,
        "field": field,
    }


def _refused(
    request: HttpRequest, secret: str, error: str, *, typed: str = "", field: str = ""
) -> HttpResponse:
    """The page as it is now, with the reason and what was typed."""
    shown = opened_by(secret, timezone.now())
    if shown is None:
        return _ended(request)
    context = _context(shown, secret, error=error, typed=typed, field=field)
    return render(request, PAGE, context, status=422)


def _ended(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/link_ended.html", status=404)


def _address(secret: str) -> str:
    return reverse("appointment:page", args=[secret])
