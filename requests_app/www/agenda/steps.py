"""What became of an appointment, noted from the ticket's page: one verb each, and back to the page."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from requests_app.accounts.agent_request import AgentRequest
from requests_app.accounts.models import User
from requests_app.appointments import services
from requests_app.appointments.calendar_file import calendar_file
from requests_app.appointments.models import Appointment
from requests_app.attendance.services import helping, numbers
from requests_app.tickets.errors import Refused
from requests_app.tickets.messages.recipient import language_known
from requests_app.tickets.models import Ticket
from requests_app.www.agenda.returns import page_of, read_mark
from requests_app.www.agenda.rights import appointment_of, ticket_of
from requests_app.www.backoffice.ticket.appointments import DONE

Verb = Callable[[Appointment, str, User, datetime], None]


def _came(appointment: Appointment, reason: str, by: User, at: datetime) -> None:
    services.note_came(appointment=appointment, by=by, at=at)


def _call(appointment: Appointment, reason: str, by: User, at: datetime) -> None:
    numbers.call(appointment=appointment, by=by, at=at)


def _take_call_back(appointment: Appointment, reason: str, by: User, at: datetime) -> None:
    numbers.take_call_back(appointment=appointment, by=by, at=at)


def _refuse_help(appointment: Appointment, reason: str, by: User, at: datetime) -> None:
    helping.refuse(appointment=appointment, by=by, at=at)


def _absent(appointment: Appointment, reason: str, by: User, at: datetime) -> None:
    services.note_absent(appointment=appointment, excuse=reason, by=by, at=at)


def _cancel_by_person(appointment: Appointment, reason: str, by: User, at: datetime) -> None:
    services.cancel_by_person(appointment=appointment, reason=reason, by=by, at=at)


def _cancel_by_service(appointment: Appointment, reason: str, by: User, at: datetime) -> None:
    services.call_off(appointment=appointment, reason=reason, by=by, at=at)


def _undo(appointment: Appointment, reason: str, by: User, at: datetime) -> None:
    services.undo(appointment=appointment, by=by, at=at)


def _mistake(appointment: Appointment, reason: str, by: User, at: datetime) -> None:
    services.call_off(appointment=appointment, reason=gettext("Donné par erreur."), by=by, at=at)


# What is said by a notice that offers to undo it (www/backoffice/appointments.py) has no sentence here.
STEPS: dict[str, tuple[Verb, Promise | str]] = {
    "venue": (_came, ""),
    "appel": (_call, _("Le numéro est appelé sur l’écran.")),
    "appel-annule": (_take_call_back, _("Le numéro n’est plus sur l’écran : la personne attend.")),
    "sans-aide": (_refuse_help, _("L’aide est arrêtée.")),
    "absence": (_absent, ""),
    "personne-annule": (_cancel_by_person, ""),
    "service-annule": (_cancel_by_service, ""),
    "remettre": (_undo, _("Le rendez-vous est comme avant.")),
    "reprendre": (_mistake, _("Le rendez-vous n’est plus donné.")),
}


@login_required
@require_POST
def step(request: AgentRequest, reference: str, pk: int, name: str) -> HttpResponse:
    """Do one step; a refusal is shown on the page."""
    if name not in STEPS:
        raise Http404
    agent, ticket = ticket_of(request, reference)
    if not set(request.POST) <= {"csrfmiddlewaretoken", "raison", "tour"}:
        raise BadRequest("unexpected fields")
    appointment = appointment_of(ticket, pk)
    appointment.round = _round(request)
    verb, done = STEPS[name]
    mark = read_mark(request)
    try:
        verb(appointment, request.POST.get("raison", ""), agent.user, agent.now)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(page_of(mark) if mark else back_to(ticket))
    if done:
        messages.success(request, str(done))
        return redirect(page_of(mark) if mark else back_to(ticket))
    return redirect(back_to(ticket, appointment))


def back_to(ticket: Ticket, done: Appointment | None = None) -> str:
    """Return the ticket's page, at its appointments; it offers to undo what was just done to one."""
    address = reverse("backoffice:ticket", args=[ticket.reference])
    query = f"?fait={DONE}&de={ticket.reference}&v={done.pk}" if done else ""
    return f"{address}{query}#rendez-vous"


def _round(request: HttpRequest) -> int:
    """Return the round that the agent read: another one means that the date has changed since."""
    typed = request.POST.get("tour", "")
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 5):
        raise BadRequest("not a round")
    return int(typed)


@login_required
@require_GET
def ics(request: AgentRequest, reference: str, pk: int) -> HttpResponse:
    """Serve the appointment as a file for the person's own calendar."""
    agent, ticket = ticket_of(request, reference)
    return calendar_answer(appointment_of(ticket, pk), agent.now)


def calendar_answer(appointment: Appointment, at: datetime) -> HttpResponse:
    """Answer with the file, under a name that says nothing of the person."""
    file = calendar_file(appointment, at=at, language=language_known(appointment.ticket))
    answer = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="rendez-vous.ics"'
    return answer
