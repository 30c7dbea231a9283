"""« Ce que vivent les personnes »: Maison by Maison, by channel and by access need."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from requests_app.access.gate import require
from requests_app.access.scope import scope_of
from requests_app.accounts.agent_request import AgentRequest
from requests_app.accounts.models import Role
from requests_app.channels.registry import choices
from requests_app.first_delay.models import AnnouncedDelay
from requests_app.indicators.lived_experience import read_lived, read_waits
from requests_app.indicators.models import FeltBatch
from requests_app.indicators.satisfaction import read_felt
from requests_app.people.models import AccessNeed
from requests_app.www.dashboards.asking import period_options, place_options, read_asked, today_of
from requests_app.www.dashboards.lived_experience_rows import PlaceFacts, group_rows, place_rows, way_rows

NO_NEED = gettext_lazy("Aucun besoin noté")


@require_GET
@login_required
def lived_experience(request: AgentRequest) -> HttpResponse:
    """Put felt, answers in time, returns, waits and first appointment side by side."""
    scope = scope_of(request.user)
    require(scope.can_steer)
    if not set(request.GET) <= {"lieu", "periode"}:
        raise BadRequest("unknown parameter")
    today = today_of(timezone.now())
    asked = read_asked(request, scope, today)
    found = read_lived(asked.where, asked.choice)
    context: dict[str, Any] = {
        "asked": asked,
        "place_options": place_options(request, scope, asked.place),
        "period_options": period_options(asked),
        "period": found.period,
        "fewest": FeltBatch.SIZE,
    }
    if found.period:
        facts = PlaceFacts(
            lived=found.places,
            felt=read_felt(asked.where, found.period).places,
            waits=read_waits(asked.where, found.period),
            announced=_read_announced(today),
            led=scope.reach(Role.MANAGER),
        )
        context["rows"] = place_rows(request, asked, facts)
        context["tables"] = _tables(found.channels, found.needs)
        context["ways"] = way_rows(found.ways, dict(choices()))
    return render(request, "dashboards/lived.html", context)


def _read_announced(today: date) -> dict[int, AnnouncedDelay]:
    """Return by Maison the announced delay of the type that most people asked for."""
    rows = AnnouncedDelay.objects.shown(today).select_related("type").order_by("n", "-pk")
    return {row.maison_id: row for row in rows}


def _tables(channels: Mapping[str, Any], needs: Mapping[str, Any]) -> list[tuple[str, str, list[Any]]]:
    need_labels = {"": NO_NEED} | dict(AccessNeed.Kind.choices)
    return [
        (_("Selon le canal"), _("Canal"), group_rows(channels, dict(choices()))),
        (_("Selon le besoin d’accueil"), _("Besoin"), group_rows(needs, need_labels)),
    ]
