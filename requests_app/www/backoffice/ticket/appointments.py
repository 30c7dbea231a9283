"""The appointments of a ticket on its page: what may be done, and for ten seconds how to undo it."""

import math
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from requests_app.appointments.models import Appointment
from requests_app.appointments.selectors import AppointmentRow, appointments_of_ticket
from requests_app.attendance.selectors.helps import helps_of
from requests_app.attendance.selectors.history import HELP_BEFORE
from requests_app.lib import french
from requests_app.www.backoffice.ticket.opening import OpenedTicket
from requests_app.www.backoffice.ticket.undo import Undo
from requests_app.www.backoffice.triage.listing import read_number

DONE = "rdv"  # ?fait=rdv&v=<id>: something was just done to this appointment
LASTS = timedelta(seconds=10)
State = Appointment.State


def appointments_of(request: HttpRequest, opened: OpenedTicket) -> dict[str, Any]:
    """Return what the side panel shows; ``undo`` comes first in it, where the page's address leads."""
    lines = (
        appointments_of_ticket(opened.ticket, scope=opened.scope, by_glass=bool(opened.glass))
        if opened.has_appointments
        else []
    )
    soon = [line.id for line in lines if line.is_expected and line.starts_at - opened.now <= HELP_BEFORE]
    near = {line.id for line in lines if line.is_near(opened.now)}
    return {
        "lines": lines,
        "near": near,
        "helps": helps_of(soon),
        "now": opened.now,
        "undo": _undo_of(request, opened, lines),
    }


def _undo_of(request: HttpRequest, opened: OpenedTicket, lines: list[AppointmentRow]) -> Undo | None:
    """Return the undo of what was just done to an appointment, while it is fresh."""
    if request.GET.get("fait") != DONE:
        return None
    asked = read_number(request.GET, "v")
    line = next((line for line in lines if line.id == asked), None)
    left = (line.changed_at + LASTS - opened.now).total_seconds() if line else 0
    return _undo(opened.ticket.reference, line, math.ceil(left)) if line and left > 0 else None


def _undo(reference: str, line: AppointmentRow, seconds: int) -> Undo | None:
    is_new = line.round == 1 and line.state == State.BOOKED and not line.can_undo
    if not is_new and not line.can_undo:
        return None
    return Undo(
        strong=_strong(line, is_new=is_new),
        text=_when(line),
        action=reverse("agenda:step", args=[reference, line.id, "reprendre" if is_new else "remettre"]),
        label=_("Annuler"),
        value=line.round,
        over=_("C’est gardé. Vous pouvez encore le changer dans « Rendez-vous »."),
        name="tour",
        seconds=seconds,
    )


def _strong(line: AppointmentRow, *, is_new: bool) -> str:
    if is_new:
        return _("Rendez-vous donné.")
    if line.is_moved:
        return _("Rendez-vous changé.")
    return {
        State.CAME: _("Arrivée notée."),
        State.ABSENT: _("Absence notée."),
        State.EXCUSED: _("Absence notée."),
        State.CANCELLED_BY_PERSON: _("Rendez-vous annulé : la personne ne viendra pas."),
        State.CANCELLED_BY_SERVICE: _("Rendez-vous annulé pour le service."),
    }.get(State(line.state), _("C’est noté."))


def _when(line: AppointmentRow) -> str:
    moment = french.moment(line.starts_at)
    return moment[:1].upper() + moment[1:] + "."
