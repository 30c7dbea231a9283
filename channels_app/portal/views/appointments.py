"""« Voir ou changer »: the page of an appointment, opened by the link of a message.

GET changes nothing: programs that prefetch links must not cancel an appointment (W06).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from channels_app.portal.appointments import (
    DONE,
    MAX_LENGTH,
    NeedsCode,
    OpenedAppointment,
    act,
    ask_other_date,
    opened_by,
)
from channels_app.portal.booking import booking_of, next_hours
from channels_app.portal.forms.base import remove_nul
from channels_app.portal.keys import key_in
from channels_app.portal.preserve_input import preserve_input
from channels_app.portal.views.following import ask_code
from requests_app.appointments.calendar_file import calendar_file, where
from requests_app.appointments.models import Appointment
from requests_app.lib.callers import address_of
from requests_app.lib.dangers import dangers_in
from requests_app.lib.no_referrer import no_referrer
from requests_app.lib.text import is_blank
from requests_app.outbox import left_pages
from requests_app.tickets.errors import Refused
from requests_app.tickets.messages.recipient import language_known
from requests_app.tickets.selectors.promises import phones_of
from requests_app.waiting_list.selectors import place_of

PAGE, CODE, LEAVE = "portal/appointment.html", "code", "fini"
View = Callable[..., HttpResponse]


@require_safe
def appointments(request: HttpRequest) -> HttpResponse:
    """Say how to come to one's appointment: by the link of a message, or by voice."""
    return render(request, "portal/appointments.html")


def opens(view: View) -> View:
    """Pass the appointment of the secret to the view; a sensitive one first asks for a code (W09)."""

    @no_referrer
    @preserve_input
    @wraps(view)
    def answer(request: HttpRequest, secret: str, **path: str) -> HttpResponse:
        at = timezone.now()
        if path.get("name") == LEAVE:
            return left_pages.leave(request, secret, at=at)
        try:
            shown = opened_by(secret, at, is_left=left_pages.is_left(request, secret))
        except NeedsCode as needs:
            return _needs_code(request, needs.appointment, secret)
        return view(request, shown, secret, **path) if shown else _show_ended(request)

    return answer


def _needs_code(request: HttpRequest, appointment: Appointment, secret: str) -> HttpResponse:
    """Ask for the code; nothing is done before, whatever the button."""
    if request.method == "POST":
        return ask_code(request, appointment.ticket.reference, appointment.pk)
    ask_url = reverse("appointment:step", args=[secret, CODE])
    return render(request, "portal/ask_code.html", {"ask_url": ask_url})


@require_safe
@opens
def appointment(request: HttpRequest, shown: OpenedAppointment, secret: str) -> HttpResponse:
    """Show the date, the place, and what may be done."""
    done = request.GET.get("fait", "")
    return render(request, PAGE, _context(request, shown, secret, done=done))


@require_POST
@opens
def step(request: HttpRequest, shown: OpenedAppointment, secret: str, name: str) -> HttpResponse:
    """Confirm, cancel, or undo the cancellation: by a button, never by a link."""
    if name == CODE:  # this link needs none
        return redirect(_address(secret))
    if name not in DONE:
        raise Http404
    try:
        act(shown, name, address=address_of(request))
    except Refused as refusal:
        return _show_refusal(request, secret, str(refusal))
    return redirect(f"{_address(secret)}?fait={DONE[name]}")


@require_POST
@opens
def other_date(request: HttpRequest, shown: OpenedAppointment, secret: str) -> HttpResponse:
    """Add the person's message to the ticket."""
    words = remove_nul(request.POST.get("quand", "")).strip()
    if is_blank(words) or len(words) > MAX_LENGTH:
        said = _("Écrivez quand vous pouvez venir, par exemple : mardi matin.")
        return _show_refusal(request, secret, said, typed=words, field="quand")
    try:
        ask_other_date(shown, words, key=key_in(request))
    except Refused as refusal:
        return _show_refusal(request, secret, str(refusal), typed=words, field="quand")
    if heard := dangers_in(words):  # sensitive from now on, the page would ask for a code before the numbers
        return render(request, PAGE, {**_context(request, shown, secret, done="demande"), "heard": heard})
    return redirect(f"{_address(secret)}?fait=demande")


@require_safe
@opens
def appointment_file(request: HttpRequest, shown: OpenedAppointment, secret: str) -> HttpResponse:
    """Return the appointment as a calendar file."""
    language = language_known(shown.appointment.ticket) or get_language() or ""
    file = calendar_file(shown.appointment, at=shown.now, language=language)
    answer = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="rendez-vous.ics"'
    return answer


def _context(
    request: HttpRequest,
    shown: OpenedAppointment,
    secret: str,
    *,
    done: str = "",
    error: str = "",
    typed: str = "",
    field: str = "",
) -> dict[str, Any]:
    maison, booking = shown.appointment.maison, booking_of(request, shown, secret)
    is_by_phone = shown.appointment.type.is_by_phone
    is_waiting = shown.is_to_come and place_of(booking.ticket, shown.appointment.type, maison)
    return {
        "is_waiting": bool(is_waiting),
        "shown": shown,
        "appointment": shown.appointment,
        "where": where(shown.appointment),
        "place": maison,
        "has_way": not is_by_phone and maison.lat is not None and maison.lon is not None,
        "number_end": _number_end(shown.appointment) if is_by_phone else "",
        "secret": secret,
        "done": done,
        "heard": [],
        "error": error,
        "typed": typed,
        "field": field,
        "key": uuid4(),
        "hours": next_hours(booking),
        "can_choose": bool(booking.types),
    }


def _number_end(appointment: Appointment) -> str:
    """Return the last two digits of the number that agents call; "" when none is known."""
    person = appointment.ticket.person_id
    point = phones_of({person}).get(person) if person else None
    return point.value[-2:] if point else ""


def _show_refusal(
    request: HttpRequest, secret: str, error: str, *, typed: str = "", field: str = ""
) -> HttpResponse:
    """Render the page as it is now, with the reason and what was typed."""
    shown = opened_by(secret, timezone.now())
    if shown is None:
        return _show_ended(request)
    context = {
        **_context(request, shown, secret, error=error, typed=typed, field=field),
        "heard": dangers_in(typed),
    }
    return render(request, PAGE, context, status=422)


def _show_ended(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/link_ended.html", status=404)


def _address(secret: str) -> str:
    return reverse("appointment:page", args=[secret])
