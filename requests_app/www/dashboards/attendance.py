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
from requests_app.attendance.selectors.fairness import Group, fairness_of, last_fits
from requests_app.indicators.where import where_of
from requests_app.lib import french
from requests_app.people.models import AccessNeed
from requests_app.tickets.selectors.counts import FEW
from requests_app.www.dashboards.asking import place_options, read_place, whole_label
from requests_app.www.dashboards.first_delay_rows import DASH, count_of


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group as it is read; dashes hide what under five would tell."""

    label: str
    count: str
    risk: str
    helped: str
    absent: str


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
    needs = {"": _("Aucun besoin noté")} | dict(AccessNeed.Kind.choices)
    fits = [_fit_row(fit) for fit in last_fits(maison_ids)]
    place = next((fit.label for fit in fits), "") if maison_id else whole_label(scope)
    context = {
        "place_options": place_options(request, scope, request.GET.get("lieu", "")),
        "place": place,
        "fits": fits,
        "tables": [
            (_("Selon la commune"), _("Commune"), _group_rows(found.communes, {})),
            (_("Selon le besoin d’accueil"), _("Besoin"), _group_rows(found.needs, needs)),
        ],
    }
    return render(request, "dashboards/attendance.html", context)


def _group_rows(groups: Mapping[str, Group], labels: Mapping[str, Any]) -> list[GroupRow]:
    """Show each group, except what is of under five persons and what tells it by subtraction."""
    hidden = _find_hidden({name: group.persons for name, group in groups.items()})
    untold = _find_hidden({name: group.outcomes for name, group in groups.items()})
    rows = [
        _group_row(str(labels.get(name, name)), group, is_hidden=name in hidden, is_untold=name in untold)
        for name, group in groups.items()
    ]
    return sorted(rows, key=lambda row: row.label.casefold())


def _find_hidden(persons: Mapping[str, set[int]]) -> set[str]:
    """Name the groups of under five persons, and the smallest others until five are hidden.

    The other table has the total: less the groups that are shown, it would tell the one that is not.
    """
    hidden, together = set[str](), set[int]()
    for name in sorted(persons, key=lambda each: (len(persons[each]), each)):
        if len(persons[name]) >= FEW and not 0 < len(together) < FEW:
            break
        hidden.add(name)
        together |= persons[name]
    return hidden


def _group_row(label: str, group: Group, *, is_hidden: bool, is_untold: bool) -> GroupRow:
    if is_hidden:
        count = _("moins de %(n)s") % {"n": FEW} if len(group.persons) < FEW else DASH
        return GroupRow(label, count, DASH, DASH, DASH)
    absent = DASH if is_untold or not group.noted else _percent(group.absences / group.noted)
    risk, helped = _percent(group.risks / group.count), _percent(group.helped / group.count)
    return GroupRow(label, count_of(group.count), risk, helped, absent)


def _fit_row(fit: RiskFit) -> FitRow:
    state = RiskFit.Off(fit.off).label if fit.off else _("Le calcul aide.")
    error = DASH if fit.error is None else _points(fit.error)
    fifths = [(_percent(predicted), _percent(observed)) for predicted, observed, _count in fit.fifths]
    return FitRow(fit.maison.label, count_of(fit.count), str(state), error, fifths)


def _percent(share: float) -> str:
    return f"{round(share * 100)} %"


def _points(error: float) -> str:
    return _("%(n)s points") % {"n": french.number(round(error * 100))}
