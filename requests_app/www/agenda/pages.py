"""The agenda of a Maison: one day as a grid, or a week as lists."""

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from requests_app.accounts.agent_request import AgentRequest
from requests_app.appointments.selectors import AppointmentRow, answered_at
from requests_app.lib import french
from requests_app.maisons.models import Maison
from requests_app.maisons.opening import PARIS, describe_day
from requests_app.www.agenda.days import bounds, grid_of, monday_of, read_day
from requests_app.www.agenda.rights import AgendaContext, read_context
from requests_app.www.backoffice.list_files import bound_words

DAY, WEEK = "jour", "semaine"
WORKED = 6  # Monday to Saturday; Sunday only when someone is expected


@login_required
@require_GET
def agenda(request: AgentRequest) -> HttpResponse:
    """Show who is expected at the agent's Maison."""
    if not set(request.GET) <= {"jour", "vue"} or request.GET.get("vue", DAY) not in (DAY, WEEK):
        raise BadRequest("unknown parameter")
    agent = read_context(request)
    if agent.maison_id is None:
        return render(request, "agenda/choose_place.html")
    day = read_day(request, agent.now)
    maison = Maison.objects.get(pk=agent.maison_id)
    is_week = request.GET.get("vue") == WEEK
    context = _week(agent, maison, day) if is_week else _day(agent, maison, day)
    page = "agenda/week.html" if is_week else "agenda/day.html"
    around = {**_links(agent, day, is_week), **_export(agent, day, is_week)}
    return render(request, page, {"maison": maison, "day": day, **around, **context})


def _day(agent: AgendaContext, maison: Maison, day: date) -> dict[str, Any]:
    start, end = bounds(day)
    found = answered_at(maison_id=maison.pk, start=start, end=end, scope=agent.scope)
    lines = [line for line in found if not line.is_cancelled]
    return {
        "lines": lines,
        "replies": [line for line in found if line.has_reply and line.is_readable],
        "grid": grid_of(lines, maison, day, agent.now),
        "under": _subtitle(maison, describe_day(maison, day)),
        "search_url": reverse("backoffice:search"),
        "awaited": sum(line.is_expected for line in lines),
        "came": sum(line.came_at is not None for line in lines),
    }


def _week(agent: AgendaContext, maison: Maison, day: date) -> dict[str, Any]:
    monday = monday_of(day)
    start, end = bounds(monday, 7)
    found = answered_at(maison_id=maison.pk, start=start, end=end, scope=agent.scope)
    lines = [line for line in found if not line.is_cancelled]
    by_day: dict[date, list[AppointmentRow]] = {monday + timedelta(days=n): [] for n in range(WORKED)}
    for line in lines:
        by_day.setdefault(line.starts_at.astimezone(PARIS).date(), []).append(line)
    return {
        "lines": lines,
        "replies": [line for line in found if line.has_reply and line.is_readable],
        "monday": monday,
        "under": maison.label,
        "days": [
            {"day": each, "url": _url(each, DAY), "opening": describe_day(maison, each), "lines": found}
            for each, found in sorted(by_day.items())
        ],
    }


def _subtitle(maison: Maison, opening: str) -> str:
    return f"{maison.label}, {opening}" if opening else maison.label


def _links(agent: AgendaContext, day: date, is_week: bool) -> dict[str, Any]:
    """Return the links of the page: the days and weeks around, today, the other view."""
    step = timedelta(days=7 if is_week else 1)
    today = agent.now.astimezone(PARIS).date()
    view = WEEK if is_week else DAY
    return {
        "is_today": day == today,
        "today": today,
        "previous": {"url": _url(day - step, view), "words": french.day(day - step)},
        "next": {"url": _url(day + step, view), "words": french.day(day + step)},
        "today_url": _url(today, view),
        "day_url": _url(day, DAY),
        "week_url": _url(day, WEEK),
    }


def _export(agent: AgendaContext, day: date, is_week: bool) -> dict[str, Any]:
    """Return what the menu of files needs; nothing for those who only read the page."""
    if not agent.scope.exported_places.covers(agent.maison_id):
        return {"export_query": ""}
    query = _url(day, WEEK if is_week else DAY).partition("?")[2]
    return {"export_query": query, "export_bound": bound_words(), "my_id": agent.user.pk}


def _url(day: date, view: str) -> str:
    return f"{reverse('agenda:agenda')}?jour={day.isoformat()}" + ("&vue=semaine" if view == WEEK else "")
