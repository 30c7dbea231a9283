"""« Premier rendez-vous »: how long people wait for one, with those who still wait; a page and a file."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from requests_app.access.audit_log import Kind as Access
from requests_app.access.audit_log import log_access
from requests_app.access.gate import require
from requests_app.access.scope import Scope, scope_of
from requests_app.accounts.agent_request import AgentRequest
from requests_app.appointments.models import AppointmentType
from requests_app.first_delay.selectors.cases import Cases, read_cases
from requests_app.first_delay.selectors.weeks import unanswered_by_week
from requests_app.lib.spreadsheets import Cell, as_csv
from requests_app.slots.computing.wall_clock import end_of, start_of
from requests_app.tickets.selectors.counts import FEW
from requests_app.waiting_list.selectors import count_refilled
from requests_app.www.backoffice.ticket.choices import territory_of
from requests_app.www.dashboards import first_delay_query as queries
from requests_app.www.dashboards import first_delay_rows as rows
from requests_app.www.dashboards.asking import place_options, today_of
from requests_app.www.dashboards.first_delay_plots import months_plot, searches_plot
from requests_app.www.dashboards.first_delay_query import DelayQuery, read_query
from requests_app.www.dashboards.plot import Plot


@dataclass(frozen=True, slots=True)
class Page:
    """What was asked, the cases that answer it, and the names of places and types."""

    scope: Scope
    asked: DelayQuery
    cases: Cases
    types: dict[str, AppointmentType]
    places: dict[str, str]

    @property
    def tables(self) -> list[tuple[str, list[rows.DelayRow]]]:
        """Return the comparisons, each with its title; a single Maison is compared with none."""
        by_type = rows.compare_types(self.cases, self.asked, self.types)
        tables = [(_("Selon le type de rendez-vous"), by_type)]
        if not self.asked.maison:
            tables.insert(
                0, (_("Par lieu d’accueil"), rows.compare_places(self.cases, self.asked, self.places))
            )
        return [(title, found) for title, found in tables if found]

    @property
    def plots(self) -> list[Plot]:
        asked = self.asked
        weeks = unanswered_by_week(asked.first, asked.last, maison_ids=asked.maison_ids)
        return [months_plot(self.cases, asked), searches_plot(weeks)]

    @property
    def refilled(self) -> list[tuple[str, str]]:
        """Return what the waiting list came to, each with its words; nothing when no hour was freed."""
        asked = self.asked
        start, end = start_of(asked.first), end_of(asked.last)
        found = count_refilled(maison_ids=asked.maison_ids, type=asked.type, start=start, end=end)
        if not (found.freed or found.waiting):
            return []
        has_many = found.refilled >= FEW
        gained = rows.count_of(found.days_gained) if has_many else rows.format_delay(None)
        return [
            (_("Personnes sur la liste d’attente"), rows.count_of(found.waiting)),
            (_("Heures libérées"), rows.count_of(found.freed)),
            (_("Reprises par SMS"), rows.count_of(found.refilled)),
            (_("Jours gagnés"), gained),
        ]


@require_GET
@login_required
def first_delays(request: AgentRequest) -> HttpResponse:
    """Show the four delays, one of them by place, by type and month after month."""
    page = _read(request, timezone.now())
    asked = page.asked
    types = {"": _("Tous les types")} | {code: kind.label for code, kind in page.types.items()}
    delays = {code: queries.NAMES[kind] for code, kind in queries.DELAYS.items()}
    context = {
        "asked": asked,
        "delay_name": queries.NAMES[asked.kind],
        "place_options": place_options(request, page.scope, asked.place),
        "selects": [
            ("delai", _("Délai comparé"), queries.options(delays, asked.delay)),
            ("type", _("Type de rendez-vous"), queries.options(types, asked.type)),
            ("qui", _("Personnes"), queries.options(queries.WHOM, asked.whom)),
            ("periode", _("Demandes reçues depuis"), queries.options(queries.PERIODS, asked.period)),
        ],
        "delays": rows.four_delays(page.cases, asked),
        "tables": page.tables,
        "plots": page.plots,
        "refilled": page.refilled,
    }
    return render(request, "dashboards/first_delays.html", context)


@require_GET
@login_required
def first_delays_csv(request: AgentRequest) -> HttpResponse:
    """Export the same words; who took them is logged."""
    now = timezone.now()
    page = _read(request, now)
    log_access(user=request.user, kind=Access.EXPORT, subject_id=0, at=now, why=f"delays {page.asked.period}")
    answer = HttpResponse(as_csv(_table(page)), content_type="text/csv; charset=utf-8")
    name = f"premier-rendez-vous-{page.asked.place}-{page.asked.last}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _read(request: AgentRequest, now: datetime) -> Page:
    scope = scope_of(request.user)
    require(scope.can_steer)
    types = {kind.code: kind for kind in AppointmentType.objects.order_by("label", "pk")}
    asked = read_query(request, scope, today_of(now), types)
    places = {site.code: site.label for site in territory_of(request).sites.values()}
    return Page(scope, asked, read_cases(asked.first, asked.last, at=asked.last), types, places)


def _table(page: Page) -> list[list[Cell]]:
    parts = [(page.asked.place_label, rows.four_delays(page.cases, page.asked)), *page.tables]
    lines: list[list[Cell]] = [[_("Tableau"), *rows.heads(_("Délai"))]]
    lines += [[title, *row.cells] for title, found in parts for row in found]
    return lines + [[plot.title, *cells] for plot in page.plots for cells in plot.rows]
