"""« Arrivé »: the arrival of a person who has an appointment."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import reswap, retarget, trigger_client_event

from channels_app.frontdesk.appointments import CAME, UNDO, appointments_today, expected_here, turn
from channels_app.frontdesk.desk import Desk, desk_of
from channels_app.frontdesk.notices import ARRIVED
from channels_app.frontdesk.typed_notes import delete_note
from requests_app.accounts.agent_request import AgentRequest
from requests_app.appointments.models import Appointment
from requests_app.tickets.errors import Refused


@login_required
@require_POST
def appointment(request: AgentRequest, pk: int, name: str) -> HttpResponse:
    """Record the arrival, or undo it; the appointment must be at this counter."""
    desk = desk_of(request)
    if desk.maison_id is None or name not in (CAME, UNDO):
        raise Http404
    rows = Appointment.objects.select_related("ticket")
    found = get_object_or_404(rows, pk=pk, maison_id=desk.maison_id)
    try:
        turn(found, name, desk)
    except Refused as refusal:
        return _as_it_is(request, desk, found, str(refusal))
    if name == UNDO:
        request.session.pop(ARRIVED, None)
        return _as_it_is(request, desk, found, _("L’arrivée n’est plus notée."))
    request.session[ARRIVED] = {"appointment": pk, "maison": desk.maison_id, "at": desk.at.isoformat()}
    delete_note(by=desk.user)
    return redirect("frontdesk:visit")  # empty, for the next person


@login_required
@require_POST
def record_arrival(request: AgentRequest, pk: int, name: str) -> HttpResponse:
    """Record an arrival from the day's list, or undo it; the visit being typed stays as it is."""
    desk = desk_of(request)
    if desk.maison_id is None or name not in (CAME, UNDO):
        raise Http404
    found = get_object_or_404(Appointment.objects.select_related("ticket"), pk=pk, maison_id=desk.maison_id)
    said = _("Arrivée notée.") if name == CAME else _("L’arrivée n’est plus notée.")
    try:
        turn(found, name, desk)
    except Refused as refusal:
        said = str(refusal)
    if not request.htmx:
        messages.info(request, said)
        return redirect("frontdesk:visit")
    answer = render(request, "frontdesk/_expected.html", {"expected": expected_here(desk)})
    return trigger_client_event(answer, "annonce", {"value": said}, after="swap")


def _as_it_is(request: AgentRequest, desk: Desk, found: Appointment, said: str) -> HttpResponse:
    """Render the form as it is, with a message and the day’s appointments of the person."""
    if not request.htmx:
        messages.info(request, said)
        return redirect("frontdesk:visit")
    person_id = found.ticket.person_id
    lines = appointments_today(desk, person_id) if person_id else []
    answer = render(request, "frontdesk/_appointments.html", {"appointments": lines, "said": said})
    answer = retarget(reswap(answer, "outerHTML"), "#ses-rendez-vous")
    return trigger_client_event(answer, "annonce", {"value": said})
