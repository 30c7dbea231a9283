"""« Est-ce que ça va ? »: the manager's page and its exports."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from requests_app.access.journal import Kind, note_reading
from requests_app.access.scope import Scope, scope_of
from requests_app.accounts.agent import agent_of
from requests_app.catalog.models import Topic
from requests_app.indicators.felt import Felt, felt
from requests_app.indicators.reading import Figures, read
from requests_app.indicators.stuck import stuck
from requests_app.tickets.selectors.counts import CAP
from requests_app.tickets.selectors.views import VIEWS, listed
from requests_app.www.backoffice.choices import territory_of
from requests_app.www.dashboards import exports, places
from requests_app.www.dashboards.asking import (
    Asked,
    period_options,
    place_options,
    read_asked,
    today_of,
)
from requests_app.www.dashboards.drawing import plots
from requests_app.www.dashboards.numbers import numbers

WRITERS = {
    "csv": (exports.as_csv, "text/csv; charset=utf-8"),
    "xlsx": (exports.as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@dataclass(frozen=True, slots=True)
class Looked:
    """What was asked, and what the figures say of it."""

    scope: Scope
    asked: Asked
    figures: Figures
    topics: dict[int, Topic]
    places: list[places.Row]
    felt: Felt


@require_GET
@login_required
def board(request: HttpRequest) -> HttpResponse:
    """Five numbers, their plots, the Maisons, and what is stuck."""
    now = timezone.now()
    looked = _looked(request, now)
    asked, figures = looked.asked, looked.figures
    context: dict[str, Any] = {
        "asked": asked,
        "numbers": numbers(asked, figures, fifth=_fifth(looked, now)),
        "plots": plots(asked, figures, looked.topics, looked.felt),
        "place_options": place_options(request, looked.scope, asked),
        "period_options": period_options(asked),
        "has_several": asked.where.has_several,
        "heads": places.heads(asked),
        "rows": looked.places,
        "total": places.total_row(asked, looked.places),
        "stuck": stuck(asked.where, now=now),
        "stuck_count": sum(line.late for line in figures.places.values()),
        "stuck_url": asked.list_url("plus-de-5-jours"),
        "rolled_at": figures.rolled_at,
        "now": now,
    }
    return render(request, "dashboards/board.html", context)


@require_GET
@login_required
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The same figures as a file; who took them is noted."""
    if form not in WRITERS:
        raise Http404
    now = timezone.now()
    looked = _looked(request, now)
    asked = looked.asked
    why = f"{form} {asked.choice.code}"
    note_reading(user=agent_of(request), kind=Kind.EXPORT, subject_id=asked.maison_id or 0, at=now, why=why)
    write, content_type = WRITERS[form]
    content = write(exports.table(asked, looked.figures, looked.topics, looked.places, looked.felt))
    name = f"chiffres-{asked.place}-{asked.period.first}-{asked.period.last}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=content_type, headers=headers)


def _looked(request: HttpRequest, now: datetime) -> Looked:
    scope = scope_of(request.user)
    if not scope.can_steer:
        raise PermissionDenied
    asked = read_asked(request, scope, today_of(now))
    figures = read(asked.where, asked.period, asked.earlier, now=now)
    topics = {topic.pk: topic for topic in territory_of(request).topics.values()}
    rows = places.rows(request, asked, figures)
    return Looked(scope, asked, figures, topics, rows, felt(asked.where, asked.period))


def _fifth(looked: Looked, now: datetime) -> tuple[str, str, int]:
    """What nobody has placed, for who can place it and looks at the whole; else what is to sort."""
    is_whole = looked.scope.can_place and looked.asked.maison_id is None
    title, code = (_("À placer"), "a-placer") if is_whole else (_("À trier"), "a-trier")
    tickets = listed(VIEWS[code], scope=looked.scope, maison_id=looked.asked.maison_id, channel="", now=now)
    return title, code, tickets.values("pk")[: CAP + 1].count()
