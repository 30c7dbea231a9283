"""Copy openings: one day to other days, or a whole week, an agent's own or a colleague's."""

from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from requests_app.accounts.agent_request import AgentRequest
from requests_app.lib.weeks import monday_of
from requests_app.slots import services
from requests_app.slots.models import Opening
from requests_app.slots.weeks import occurrences_of
from requests_app.tickets.errors import Refused
from requests_app.www.agenda.days import read_day
from requests_app.www.agenda.hours.forms import WHOLE_WEEK, CopyForm
from requests_app.www.agenda.hours.rights import Planner, agents_planned_by, asked_agent, read_planner
from requests_app.www.agenda.hours.week import week_url


@login_required
@require_http_methods(["GET", "POST"])
def copy(request: AgentRequest) -> HttpResponse:
    """Copy the week of the address to an agent's weeks to come."""
    planner = read_planner(request, asked_agent(request))
    day, agents = read_day(request, planner.now), agents_planned_by(planner)
    first = {"quoi": WHOLE_WEEK, "source": planner.agent.pk, "depuis": max(day, planner.today)}
    posted = request.POST if request.method == "POST" else None
    form = CopyForm(posted, agents=agents, initial=first)
    if form.is_valid() and (copied := _copy(form, planner, day)):
        said = ngettext("%(n)d plage copiée.", "%(n)d plages copiées.", copied)
        messages.success(request, said % {"n": copied})
        return redirect(week_url(planner, form.cleaned_data["depuis"]))
    context = {"planner": planner, "form": form, "back_url": week_url(planner, day)}
    return render(request, "agenda/hours/copy.html", context, status=422 if posted else 200)


def _copy(form: CopyForm, planner: Planner, day: date) -> int:
    """Copy all that was asked for or nothing, and return how many; 0 with the reason on the form."""
    given = form.cleaned_data
    openings = _openings_of(given["source"], monday_of(day), given["quoi"])
    if not openings:
        form.add_error("source", _("Cette semaine n’a pas de plage qui se répète ces jours-là."))
        return 0
    try:
        copied = services.copy_openings(
            openings=openings,
            to=planner.agent,
            weekdays=given["sur"],
            since=given["depuis"],
            by=planner.user,
            at=planner.now,
        )
    except Refused as refusal:
        form.add_error("depuis", str(refusal))
        return 0
    return len(copied)


def _openings_of(agent_id: int, monday: date, weekday: int) -> list[Opening]:
    """List the openings of a week, or of one day of it, that a copy can repeat."""
    rows = Opening.objects.filter(agent=agent_id).select_related("maison").prefetch_related("types")
    sunday = monday + timedelta(days=6)
    found = occurrences_of(rows.around(monday, sunday), first=monday, last=sunday)
    chosen = [each.row for each in found if weekday in (WHOLE_WEEK, each.day.weekday())]
    return [row for row in dict.fromkeys(chosen) if isinstance(row, Opening) and services.can_copy(row)]
