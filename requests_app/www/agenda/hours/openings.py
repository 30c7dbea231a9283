"""Add an opening, change it from a day on, end it, or leave one day out."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from requests_app.accounts.agent_request import AgentRequest
from requests_app.maisons.models import Maison
from requests_app.slots import services
from requests_app.slots.models import Opening
from requests_app.slots.weeks import Repeat, describe_repeat
from requests_app.tickets.errors import Refused
from requests_app.www.agenda.days import read_date, read_day
from requests_app.www.agenda.hours.forms import OpeningForm, values_of
from requests_app.www.agenda.hours.rights import Planner, asked_agent, read_planner
from requests_app.www.agenda.hours.week import week_url


@login_required
@require_http_methods(["GET", "POST"])
def add(request: AgentRequest) -> HttpResponse:
    """Open new times for an agent."""
    planner = read_planner(request, asked_agent(request))
    return _answer(request, planner, None)


@login_required
@require_http_methods(["GET", "POST"])
def change(request: AgentRequest, pk: int) -> HttpResponse:
    """Change an opening from a day on: the former one ends the day before."""
    planner, opening = opening_of(request, pk)
    return _answer(request, planner, opening)


@login_required
@require_POST
def end(request: AgentRequest, pk: int) -> HttpResponse:
    """End an opening; the day of the address is the first on which nobody is received."""
    planner, opening = opening_of(request, pk)
    since, before = read_day(request, planner.now), opening.valid_until
    try:
        services.end_opening(opening=opening, since=since, by=planner.user, at=planner.now)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(week_url(planner, since))
    former = f"&avant={before.isoformat()}" if before else ""
    return redirect(f"{week_url(planner, since)}&finie={opening.pk}{former}")


@login_required
@require_POST
def resume(request: AgentRequest, pk: int) -> HttpResponse:
    """Undo the end of an opening; ``avant`` is the last day it had, if any."""
    planner, opening = opening_of(request, pk, Opening.objects.all())
    try:
        services.resume_opening(opening=opening, until=read_date(request, "avant"), by=planner.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("La plage est comme avant."))
    return redirect(week_url(planner, read_day(request, planner.now)))


def opening_of(
    request: AgentRequest, pk: int, rows: QuerySet[Opening] | None = None
) -> tuple[Planner, Opening]:
    """Load an opening that stands with the right to change it; nobody else learns that it exists."""
    among = Opening.objects.standing() if rows is None else rows
    among = among.select_related("maison", "agent").prefetch_related("types")
    opening = among.filter(pk=pk).first()
    if opening is None:
        raise Http404
    planner = read_planner(request, opening.agent_id)
    if not (planner.is_own or planner.manages(opening.maison_id)):
        raise Http404
    return planner, opening


def _answer(request: AgentRequest, planner: Planner, opening: Opening | None) -> HttpResponse:
    places, day = planner.places(), read_day(request, planner.now)
    form = _form(request, planner, opening, places, day)
    if request.method == "POST" and form.is_valid():
        saved = _save(form, planner, opening, places)
        if saved:
            said = _("La plage est enregistrée : %(repeat)s.") % {"repeat": describe_repeat(saved)}
            messages.success(request, said)
            return redirect(week_url(planner, max(saved.starts_on, form.cleaned_data["depuis"])))
    back_url = week_url(planner, day)
    context = {"planner": planner, "opening": opening, "form": form, "day": day, "back_url": back_url}
    status = 422 if request.method == "POST" else 200
    return render(request, "agenda/hours/opening.html", context, status=status)


def _form(
    request: HttpRequest, planner: Planner, opening: Opening | None, places: list[Maison], day: date
) -> OpeningForm:
    if request.method == "POST":
        return OpeningForm(request.POST, places=places, opening=opening)
    given = values_of(opening, day) if opening else _fresh(planner, places, day)
    form = OpeningForm(places=places, opening=opening, initial=given)
    form.fields["de" if opening else "jour"].widget.attrs["autofocus"] = True
    return form


def _fresh(planner: Planner, places: list[Maison], day: date) -> dict[str, Any]:
    here = planner.user.current_maison_id
    usual = next((maison.pk for maison in places if maison.pk == here), None)
    return {"jour": day.weekday(), "depuis": day, "repete": Repeat.WEEKLY.value, "maison": usual}


def _save(
    form: OpeningForm, planner: Planner, opening: Opening | None, places: list[Maison]
) -> Opening | None:
    """Save what was typed, or put the refusal on the hours."""
    wish = form.change_for(planner.agent, places)
    try:
        return services.put_opening(change=wish, replaces=opening, by=planner.user, at=planner.now)
    except Refused as refusal:
        form.add_error("de", str(refusal))
        return None
