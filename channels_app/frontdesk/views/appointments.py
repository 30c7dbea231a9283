"""« Arrivé »: who has an appointment and stands at the desk."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from channels_app.frontdesk.appointments import CAME, UNDO, appointments_today, turn
from channels_app.frontdesk.desk import desk_of
from requests_app.appointments.models import Appointment
from requests_app.tickets.errors import Refused


@login_required
@require_POST
def appointment(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Note the arrival, or take it back; the appointment must be of this counter."""
    desk = desk_of(request)
    if desk.maison_id is None or name not in (CAME, UNDO):
        raise Http404
    rows = Appointment.objects.select_related("ticket")
    found = get_object_or_404(rows, pk=pk, maison_id=desk.maison_id)
    try:
        turn(found, name, desk)
        said = _("Arrivée notée.") if name == CAME else _("L’arrivée n’est plus notée.")
    except Refused as refusal:
        said = str(refusal)
    if not request.htmx or found.ticket.person_id is None:  # type: ignore[attr-defined]
        return redirect("frontdesk:visit")
    lines = appointments_today(desk, found.ticket.person_id)
    answer = render(request, "frontdesk/_appointments.html", {"appointments": lines})
    return trigger_client_event(answer, "annonce", {"value": said})
