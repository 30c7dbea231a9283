"""Book an appointment about a ticket, or move it: the form, with the day it falls on beside it."""

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from requests_app.accounts.agent_request import AgentRequest
from requests_app.accounts.models import User
from requests_app.appointments import services
from requests_app.appointments.errors import ReasonRequired
from requests_app.appointments.models import Appointment
from requests_app.appointments.places import agents_at
from requests_app.appointments.selectors import appointments_of_maison
from requests_app.lib.workdays import add_working_days
from requests_app.maisons.models import Maison
from requests_app.maisons.opening import PARIS, describe_day
from requests_app.slots.presence import require_presence
from requests_app.tickets.errors import NotAllowed, Refused
from requests_app.tickets.models import Ticket
from requests_app.www.agenda.current_appointment import planned_appointment, require_shown
from requests_app.www.agenda.days import bounds, read_day
from requests_app.www.agenda.forms import AppointmentForm, UnexpectedFields, values_of
from requests_app.www.agenda.offers import offer_context
from requests_app.www.agenda.returns import list_url, page_of, read_mark
from requests_app.www.agenda.rights import AgendaContext, appointment_of, read_context, ticket_of
from requests_app.www.agenda.steps import back_to
from requests_app.www.backoffice.ticket.choices import territory_of


@login_required
@require_http_methods(["GET", "POST"])
def give(request: AgentRequest, reference: str, pk: int | None = None) -> HttpResponse:
    """Book a new appointment, or another date for the one of ``pk``."""
    agent, ticket = ticket_of(request, reference)
    appointment = appointment_of(ticket, pk) if pk else None
    maison = _maison(request, agent, ticket, appointment)
    try:
        form = _form(request, agent, appointment, agents_at(maison.pk))
    except UnexpectedFields as error:
        raise BadRequest("unexpected fields") from error
    mark, status = read_mark(request), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            status, given = _book(form, agent, ticket, appointment, maison)
            if given:
                return redirect(list_url(mark, given.pk) if mark else back_to(ticket, given))
    return render(
        request, "agenda/give.html", _page(request, agent, ticket, appointment, maison, form), status=status
    )


@login_required
@require_GET
def show_taken(request: AgentRequest, pk: int) -> HttpResponse:
    """Show the appointments of a Maison on a day, beside the form while a date is chosen."""
    agent = read_context(request)
    maison = Maison.objects.filter(pk=pk).first() if agent.scope.can_see(pk) else None
    if maison is None:
        raise Http404
    return render(request, "agenda/_taken.html", _taken_context(agent, maison, read_day(request, agent.now)))


def _maison(
    request: HttpRequest, agent: AgendaContext, ticket: Ticket, appointment: Appointment | None
) -> Maison:
    """Return the place asked for, or that of the appointment, the ticket, the agent: one they may see."""
    asked = request.GET.get("lieu", "")
    if asked and not (asked.isascii() and asked.isdecimal() and len(asked) < 10):
        raise BadRequest("not a place")
    known = [appointment.maison_id if appointment else None, ticket.maison_id, agent.maison_id]
    found = int(asked) if asked else next((pk for pk in known if agent.scope.can_see(pk) and pk), None)
    maison = Maison.objects.current().filter(pk=found or 0).first() if agent.scope.can_see(found) else None
    if maison is None:
        raise Http404
    return maison


def _form(
    request: HttpRequest, agent: AgendaContext, appointment: Appointment | None, agents: list[tuple[int, str]]
) -> AppointmentForm:
    if request.method == "POST":
        return AppointmentForm(request.POST, agents=agents)
    tomorrow = add_working_days(agent.now.astimezone(PARIS).date(), 1)
    fresh = {"jour": tomorrow, "agent": agent.user.pk}
    form = AppointmentForm(agents=agents, initial=values_of(appointment) if appointment else fresh)
    first = "jour" if appointment else "sorte"  # one moves for another date
    form.fields[first].widget.attrs["autofocus"] = True
    return form


def _book(
    form: AppointmentForm,
    agent: AgendaContext,
    ticket: Ticket,
    appointment: Appointment | None,
    maison: Maison,
) -> tuple[int, Appointment | None]:
    """Book and return the HTTP status and the appointment, or put the refusal on its field."""
    given = form.cleaned_data
    wish = services.Wish(
        type=given["sorte"],
        maison=maison,
        agent=User.objects.get(pk=given["agent"]),
        starts_at=given["starts_at"],
        room=given["bureau"],
        outside_reason=given["pourquoi"],
    )
    try:
        if appointment is None:
            require_shown(ticket, given["deja"], agent.now)
        require_presence(wish)
        if appointment is None:
            return 302, services.book(ticket=ticket, wish=wish, by=agent.user, at=agent.now)
        appointment.round = given["tour"] or 0
        services.move(appointment=appointment, wish=wish, by=agent.user, at=agent.now)
    except Refused as refusal:
        form.add_error("pourquoi" if isinstance(refusal, ReasonRequired) else "heure", str(refusal))
        return (403 if isinstance(refusal, NotAllowed) else 422), None
    return 302, appointment


def _page(
    request: HttpRequest,
    agent: AgendaContext,
    ticket: Ticket,
    appointment: Appointment | None,
    maison: Maison,
    form: AppointmentForm,
) -> dict[str, Any]:
    day = (
        form.cleaned_data.get("jour")
        if form.is_bound and hasattr(form, "cleaned_data")
        else form.initial["jour"]
    )
    sites = territory_of(request).sites.values()
    offer = offer_context(request, agent, ticket, appointment, maison)
    if offer.get("offer_days") or offer.get("held"):  # their buttons and number keys come first
        for field in form.fields.values():
            field.widget.attrs.pop("autofocus", None)
    return {
        "ticket": ticket,
        "appointment": appointment,
        "planned": None if appointment else planned_appointment(ticket, agent.now),
        "maison": maison,
        "form": form,
        "asks_why": bool(form.is_bound and (form["pourquoi"].errors or form["pourquoi"].value()))
        or bool(appointment and appointment.outside_reason),
        "places": sorted((site.label, site.pk) for site in sites if agent.scope.can_see(site.pk)),
        **_return_context(read_mark(request)),
        "title": _("Changer le rendez-vous") if appointment else _("Donner un rendez-vous"),
        **_taken_context(agent, maison, day or agent.now.astimezone(PARIS).date()),
        **offer,
    }


def _return_context(mark: str) -> dict[str, str]:
    return {"mark": mark, "list_url": page_of(mark)} if mark else {"mark": ""}


def _taken_context(agent: AgendaContext, maison: Maison, day: date) -> dict[str, Any]:
    start, end = bounds(day)
    return {
        "taken_on": day,
        "taken_opening": describe_day(maison, day),
        "taken": appointments_of_maison(maison_id=maison.pk, start=start, end=end, scope=agent.scope),
        "is_past": end <= agent.now - timedelta(days=1),
    }
