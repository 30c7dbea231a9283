"""The agenda as a file: the day or the week of the page, of everybody or of one agent."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from requests_app.access.gate import require
from requests_app.accounts.agent_request import AgentRequest
from requests_app.appointments.selectors import AppointmentRow, appointments_of_maison
from requests_app.lib.spreadsheets import Cell
from requests_app.maisons.models import Maison
from requests_app.www.agenda.days import bounds, monday_of, read_day
from requests_app.www.agenda.pages import DAY, WEEK
from requests_app.www.agenda.rights import AgendaContext, read_context
from requests_app.www.backoffice import list_files
from requests_app.www.backoffice.triage.listing import read_number


@login_required
@require_GET
def export(request: AgentRequest, form: str) -> HttpResponse:
    """Send the appointments of the page to those who handle the tickets of this Maison."""
    if not set(request.GET) <= {"jour", "vue", "agent"} or request.GET.get("vue", DAY) not in (DAY, WEEK):
        raise BadRequest("unknown parameter")
    agent = read_context(request)
    list_files.check_form(form)
    require(bool(agent.scope.exported_places))
    if agent.maison_id is None:
        return redirect("agenda:agenda")
    require(agent.scope.exported_places.covers(agent.maison_id))
    found = _read(request, agent, agent.maison_id)
    return list_files.send_list(found, form, by=agent.user, at=agent.now)


def _read(request: AgentRequest, agent: AgendaContext, maison_id: int) -> list_files.ListFile:
    is_week, asked = request.GET.get("vue") == WEEK, read_day(request, agent.now)
    day = monday_of(asked) if is_week else asked
    whose = read_number(request.GET, "agent")
    maison = Maison.objects.get(pk=maison_id)
    return list_files.ListFile(
        name=_name(maison, day, is_week),
        title=_("Rendez-vous"),
        heads=_heads(),
        rows=[_row(line) for line in _lines(agent, maison_id, day, 7 if is_week else 1, whose)],
        filters=f"agenda {WEEK if is_week else DAY} {day}" + (f" agent={whose}" if whose else ""),
        maison_id=maison_id,
    )


def _lines(
    agent: AgendaContext, maison_id: int, day: date, days: int, whose: int | None
) -> list[AppointmentRow]:
    start, end = bounds(day, days)
    return appointments_of_maison(
        maison_id=maison_id,
        start=start,
        end=end,
        scope=agent.scope,
        agent_id=whose,
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
