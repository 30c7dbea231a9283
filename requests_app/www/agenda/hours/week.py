"""An agent's week, day by day: when they receive people, when they are away."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from requests_app.accounts.agent_request import AgentRequest
from requests_app.lib import french
from requests_app.lib.weeks import WEEK, monday_of
from requests_app.slots.models import Absence, Opening
from requests_app.slots.weeks import Occurrence, describe_repeat, occurrences_of
from requests_app.www.agenda.days import read_date, read_day
from requests_app.www.agenda.hours.rights import Planner, agents_planned_by, asked_agent, read_planner
from requests_app.www.backoffice.triage.listing import read_number

WORKED = 6  # Monday to Saturday; Sunday only when there is something


@login_required
@require_GET
def hours(request: AgentRequest) -> HttpResponse:
    """Show the week of an agent; each opening leads to its form."""
    if not set(request.GET) <= {"jour", "agent", "finie", "avant"}:
        raise BadRequest("unknown parameter")
    planner = read_planner(request, asked_agent(request))
    monday = monday_of(read_day(request, planner.now))
    context = {
        "planner": planner,
        "agents": agents_planned_by(planner),
        "days": days_of(planner, monday),
        "monday": monday,
        "can_close": planner.can_close,
        "previous": {"url": week_url(planner, monday - WEEK), "words": french.day(monday - WEEK)},
        "next": {"url": week_url(planner, monday + WEEK), "words": french.day(monday + WEEK)},
        "today_url": week_url(planner, planner.today),
        **_undo_of(request, planner, monday),
    }
    return render(request, "agenda/hours/week.html", context)


def _undo_of(request: AgentRequest, planner: Planner, monday: date) -> dict[str, Any]:
    """Return the way back when an opening was just ended."""
    pk, before = read_number(request.GET, "finie"), read_date(request, "avant")
    ended = Opening.objects.filter(pk=pk, agent=planner.agent).first() if pk else None
    if ended is None or (ended.removed_at is None and ended.valid_until == before):
        return {}
    query = {"jour": monday.isoformat()} | ({"avant": before.isoformat()} if before else {})
    url = reverse("agenda:opening_resume", args=[ended.pk])
    return {"resume_url": f"{url}?{urlencode(query)}"}


def week_url(planner: Planner, day: date) -> str:
    query = urlencode({"agent": str(planner.agent.pk), "jour": day.isoformat()})
    return f"{reverse('agenda:hours')}?{query}"


def days_of(planner: Planner, monday: date) -> list[dict[str, Any]]:
    """Return each day with its openings and absences; three statements."""
    sunday = monday + timedelta(days=6)
    mine = Opening.objects.filter(agent=planner.agent)
    openings = mine.select_related("maison").prefetch_related("types")
    away = Absence.objects.filter(agent=planner.agent).around(monday, sunday)
    times = occurrences_of(openings.around(monday, sunday), first=monday, last=sunday)
    absences = occurrences_of(away, first=monday, last=sunday)
    days = [_day(monday + timedelta(days=each), planner, times, absences) for each in range(7)]
    return [day for day in days if day["openings"] or day["day"].weekday() < WORKED]


def _day(
    day: date,
    planner: Planner,
    times: Iterable[Occurrence[Opening]],
    absences: Iterable[Occurrence[Absence]],
) -> dict[str, Any]:
    return {
        "day": day,
        "openings": [_line(each, planner) for each in times if each.day == day],
        "absences": [each for each in absences if each.start.date() <= day <= each.last_day],
    }


def _line(each: Occurrence[Opening], planner: Planner) -> dict[str, Any]:
    return {
        "opening": each.row,
        "day": each.day,
        "hours": each.hours,
        "types": ", ".join(kind.label for kind in each.row.types.all()),
        "repeat": describe_repeat(each.row),
        "may_change": planner.is_own or planner.manages(each.row.maison_id),
    }
