"""The agenda as a file: the day or the week of the page, of everybody or of one agent."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from requests_app.access.gate import require
from requests_app.accounts.agent_request import AgentRequest
from requests_app.appointments.selectors import AppointmentRow, appointments_of_maison
from requests_app.lib.spreadsheets import Cell
from requests_app.lib.weeks import monday_of
from requests_app.maisons.models import Maison
from requests_app.www.agenda.days import bounds
from requests_app.www.agenda.query import AGENT, DAY, ROOM, WEEK, AgendaQuery, read_query
from requests_app.www.agenda.rights import AgendaContext, read_context
from requests_app.www.agenda.rooms import rooms_at
from requests_app.www.backoffice import list_files


@login_required
@require_GET
def export(request: AgentRequest, form: str) -> HttpResponse:
    """Send the appointments of the page to those who handle the tickets of this Maison."""
    agent = read_context(request)
    asked = read_query(request, agent.now)
    list_files.check_form(form)
    require(bool(agent.scope.exported_places))
    if agent.maison_id is None:
        return redirect("agenda:agenda")
    require(agent.scope.exported_places.covers(agent.maison_id))
    found = _read(asked, agent, agent.maison_id)
    return list_files.send_list(found, form, by=agent.user, at=agent.now)


def _read(asked: AgendaQuery, agent: AgendaContext, maison_id: int) -> list_files.ListFile:
    day = monday_of(asked.day) if asked.is_week else asked.day
    maison = Maison.objects.get(pk=maison_id)
    view = WEEK if asked.is_week else DAY
    chosen = f" {AGENT}={asked.agent}" if asked.agent is not None else ""
    chosen += f" {ROOM}={asked.room}" if asked.room is not None else ""
    return list_files.ListFile(
        name=_name(maison, day, asked.is_week),
        title=_("Rendez-vous"),
        heads=_heads(),
        rows=[_row(line) for line in _lines(asked, agent, maison_id, day)],
        filters=f"agenda {view} {day}{chosen}",
        maison_id=maison_id,
    )


def _lines(asked: AgendaQuery, agent: AgendaContext, maison_id: int, day: date) -> list[AppointmentRow]:
    start, end = bounds(day, 7 if asked.is_week else 1)
    room = ""
    if asked.room is not None:
        room = rooms_at(maison_id, start).get(asked.room, "")
        if not room:
            raise Http404
    return appointments_of_maison(
        maison_id=maison_id,
        start=start,
        end=end,
        scope=agent.scope,
        agent_id=asked.agent,
        room=room,
        limit=list_files.MAX_ROWS + 1,
    )


def _name(maison: Maison, day: date, is_week: bool) -> str:
    when = f"semaine-du-{day}" if is_week else f"{day}"
    return f"rendez-vous-{slugify(maison.label)}-{when}"


def _heads() -> list[str]:
    return [
        _("Début"),
        _("Fin"),
        _("Personne"),
        _("Type"),
        _("Motif"),
        _("État"),
        _("Arrivée"),
        _("Agent"),
        _("Bureau"),
        _("Demande"),
    ]


def _row(line: AppointmentRow) -> list[Cell]:
    return [
        line.starts_at,
        line.ends_at,
        line.person,
        line.type,
        line.reason,
        line.state_label,
        line.came_at,
        line.agent,
        line.room,
        line.reference,
    ]
