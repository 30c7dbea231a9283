"""« Venir au rendez-vous »: how right the risks are, and whom the help reaches."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from requests_app.access.gate import require
from requests_app.access.scope import scope_of
from requests_app.accounts.agent_request import AgentRequest
from requests_app.attendance.models import RiskFit
from requests_app.attendance.selectors.fairness import (
    NO_NEED,
    OTHERS,
    SEVERAL,
    Group,
    Groups,
    fairness_of,
    last_fits,
)
from requests_app.indicators.where import where_of
from requests_app.lib import french
from requests_app.lib.few_people import FEW, round_to_few
from requests_app.people.models import AccessNeed
from requests_app.www.dashboards.asking import place_options, read_place, whole_label
from requests_app.www.dashboards.first_delay_rows import DASH, count_of


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group of five people at least, to the nearest five; a dash hides the outcomes of fewer."""

    label: str
    count: str
    risk: str
    helped: str
    absent: str


@dataclass(frozen=True, slots=True)
class Table:
    """Groups under a title; ``name`` heads their column, ``is_of_few`` says why there is none."""

    title: str
    name: str
    rows: list[GroupRow]
    is_of_few: bool


@dataclass(frozen=True, slots=True)
class FitRow:
    """One Maison: whether it helps, from how many, and how right it is, fifth by fifth."""

    label: str
    count: str
    state: str
    error: str
    fifths: list[tuple[str, str]]


@require_GET
@login_required
def attendance(request: AgentRequest) -> HttpResponse:
    """Show risk and outcome by commune and need, and the state of the computation by Maison."""
    if not set(request.GET) <= {"lieu"}:
        raise BadRequest("unknown parameter")
    scope = scope_of(request.user)
    require(scope.can_steer)
    maison_id = read_place(request, scope)
    maison_ids = where_of(scope, maison_id).maisons
    found = fairness_of(maison_ids, timezone.now())
    others = {OTHERS: _("Autres")}
    needs = {NO_NEED: _("Aucun besoin noté"), SEVERAL: _("Plusieurs besoins")} | dict(AccessNeed.Kind.choices)
    fits = [_fit_row(fit) for fit in last_fits(maison_ids)]
    place = next((fit.label for fit in fits), "") if maison_id else whole_label(scope)
    context = {
        "place_options": place_options(request, scope, request.GET.get("lieu", "")),
        "place": place,
        "fits": fits,
        "tables": [
            _table(_("Selon la commune"), _("Commune"), found.communes, others),
            _table(_("Selon le besoin d’accueil"), _("Besoin"), found.needs, needs | others),
        ],
    }
    return render(request, "dashboards/attendance.html", context)


def _table(title: str, name: str, groups: Groups, labels: Mapping[str, Any]) -> Table:
    return Table(title, name, _group_rows(groups, labels), is_of_few=groups.is_of_few)


def _group_rows(groups: Groups, labels: Mapping[str, Any]) -> list[GroupRow]:
    """Show each group by its label, the others last."""
    rows = [
        (name == OTHERS, _group_row(str(labels.get(name, name)), each, is_told=name not in groups.untold))
        for name, each in groups.by_name.items()
    ]
    return [row for _last, row in sorted(rows, key=lambda row: (row[0], row[1].label.casefold()))]


def _group_row(label: str, group: Group, *, is_told: bool) -> GroupRow:
    absent = _percent(group.absences / group.noted) if is_told and group.noted else DASH
    risk, helped = _percent(group.risks / group.count), _percent(group.helped / group.count)
    return GroupRow(label, french.number(round_to_few(group.count)), risk, helped, absent)


def _fit_row(fit: RiskFit) -> FitRow:
    count = count_of(fit.count) if fit.count < FEW else french.number(round_to_few(fit.count))
    state = RiskFit.Off(fit.off).label if fit.off else _("Le calcul aide.")
    error = DASH if fit.error is None else _points(fit.error)
    fifths = [
        (_exact_percent(predicted), _exact_percent(observed)) for predicted, observed, _count in fit.fifths
    ]
    return FitRow(fit.maison.label, count, str(state), error, fifths)


def _percent(share: float) -> str:
    return f"{round_to_few(share * 100)} %"


def _exact_percent(share: float) -> str:
    """Write it to the nearest one: a fifth is of forty appointments at least."""
    return f"{round(share * 100)} %"


def _points(error: float) -> str:
    return _("%(n)s points") % {"n": french.number(round(error * 100))}
