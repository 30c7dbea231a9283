"""The agenda of a Maison: a day or a week, of everybody, of an agent or of a room."""

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from requests_app.accounts.agent_request import AgentRequest
from requests_app.lib import french
from requests_app.maisons.models import Maison
from requests_app.maisons.opening import PARIS, describe_day
from requests_app.www.agenda.background import describe_closures, lasts_all_day, on_day
from requests_app.www.agenda.grid import Grid, lay_out
from requests_app.www.agenda.lanes import WORKED, absences_within, lanes_by_agent, lanes_by_day, lanes_by_room
from requests_app.www.agenda.query import AgendaQuery, read_query
from requests_app.www.agenda.reading import Agenda, read_agenda
from requests_app.www.agenda.rights import AgendaContext, read_context
from requests_app.www.backoffice.list_files import bound_words


@login_required
@require_GET
def agenda(request: AgentRequest) -> HttpResponse:
    """Show who is expected at the agent's Maison; whom nobody knows there is left out of the address."""
    agent = read_context(request)
    asked = read_query(request, agent.now)
    if agent.maison_id is None:
        return render(request, "agenda/choose_place.html")
    maison = Maison.objects.get(pk=agent.maison_id)
    found = read_agenda(asked, maison, scope=agent.scope, at=agent.now)
    if found is None:
        return redirect(asked.url(agent=None, room=None))
    context = {"maison": maison, "day": asked.day, "asked": asked, "agenda": found}
    around = {**_links(agent, asked), **_export(agent, asked)}
    if asked.is_week and not asked.is_narrow:
        return render(request, "agenda/week.html", context | around | _week(maison, found))
    return render(request, "agenda/grid.html", context | around | _grid(agent, asked, maison, found))


def _grid(agent: AgendaContext, asked: AgendaQuery, maison: Maison, found: Agenda) -> dict[str, Any]:
    opening = "" if asked.is_week else _opening(maison, found, asked.day)
    return {
        "grid": _lay_out(agent, asked, maison, found),
        "under": ", ".join(words for words in (found.name, maison.label, opening) if words),
        "search_url": reverse("backoffice:search"),
        "awaited": sum(line.is_expected for line in found.lines),
        "came": sum(line.came_at is not None for line in found.lines),
    }


def _opening(maison: Maison, found: Agenda, day: date) -> str:
    """Say when the door is open that day, and when a closure says otherwise."""
    closures = on_day(found.background.closures, day)
    hours = "" if lasts_all_day(closures, day) else describe_day(maison, day)
    return ", ".join(words for words in (hours, describe_closures(closures)) if words)


def _lay_out(agent: AgendaContext, asked: AgendaQuery, maison: Maison, found: Agenda) -> Grid:
    if asked.is_week:
        lanes = lanes_by_day(asked, maison, found.lines, found.background, found.first)
    elif asked.by_room:
        lanes = lanes_by_room(asked, found.lines, found.background)
    else:
        lanes = lanes_by_agent(asked, found.lines, found.background)
    return lay_out(lanes, maison, agent.now)


def _week(maison: Maison, found: Agenda) -> dict[str, Any]:
    days = [_day(maison, found, found.first + timedelta(days=number)) for number in range(7)]
    return {"under": maison.label, "days": [day for day in days if day["lines"] or not day["is_sunday"]]}


def _day(maison: Maison, found: Agenda, day: date) -> dict[str, Any]:
    openings = on_day(found.background.openings, day)
    away = absences_within(openings, on_day(found.background.absences, day))
    return {
        "day": day,
        "is_sunday": day.weekday() >= WORKED,
        "url": found.asked.url(day=day, is_week=False),
        "opening": _opening(maison, found, day),
        "lines": [line for line in found.lines if line.starts_at.astimezone(PARIS).date() == day],
        "receiving": len({each.row.agent_id for each in openings}),
        "away": list(dict.fromkeys(each.row.agent.full_name for each in away)),
    }


def _links(agent: AgendaContext, asked: AgendaQuery) -> dict[str, Any]:
    """Return the links of the page: the days and weeks around, today, the other views."""
    step = timedelta(days=7 if asked.is_week else 1)
    today = agent.now.astimezone(PARIS).date()
    return {
        "is_week": asked.is_week,
        "previous": {"url": asked.url(day=asked.day - step), "words": french.day(asked.day - step)},
        "next": {"url": asked.url(day=asked.day + step), "words": french.day(asked.day + step)},
        "today_url": asked.url(day=today),
        "day_url": asked.url(is_week=False),
        "week_url": asked.url(is_week=True),
        "by_agent_url": asked.url(by_room=False, room=None),
        "by_room_url": asked.url(by_room=True, agent=None),
    }


def _export(agent: AgendaContext, asked: AgendaQuery) -> dict[str, Any]:
    """Return what the menu of files needs; nothing for those who only read the page."""
    if not agent.scope.exported_places.covers(agent.maison_id):
        return {"export_query": ""}
    mine = None if asked.is_narrow else agent.user.pk
    return {"export_query": asked.query, "export_bound": bound_words(), "my_id": mine}
