"""« Est-ce que ça va ? »: the manager's page and its exports."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from requests_app.access.audit_log import Kind, log_access
from requests_app.access.gate import require
from requests_app.access.scope import Scope, scope_of
from requests_app.accounts.agent_request import AgentRequest
from requests_app.catalog.models import Topic
from requests_app.feedback.selectors import done_lately, places_of
from requests_app.indicators.models import FeltBatch
from requests_app.indicators.reading import read
from requests_app.indicators.satisfaction import Feedback, read_felt, sentences
from requests_app.indicators.statistics import Statistics
from requests_app.indicators.stuck import stuck
from requests_app.lib.spreadsheets import CONTENT_TYPES, as_file
from requests_app.tickets.selectors.views import VIEWS, list_view
from requests_app.www.backoffice.ticket.choices import territory_of
from requests_app.www.dashboards import lines, places
from requests_app.www.dashboards.asking import (
    ReportQuery,
    period_options,
    place_options,
    read_asked,
    today_of,
    topic_groups,
)
from requests_app.www.dashboards.channel_statistics import ChannelStatistics, channel_statistics
from requests_app.www.dashboards.drawing import plots
from requests_app.www.dashboards.feelings import felt_rows
from requests_app.www.dashboards.numbers import Fifth, numbers


@dataclass(frozen=True, slots=True)
class Report:
    """What was asked, and the statistics that answer it."""

    scope: Scope
    asked: ReportQuery
    figures: Statistics
    topics: dict[int, Topic]
    places: list[places.Row]
    felt: Feedback
    by_channel: list[ChannelStatistics]


@require_GET
@login_required
def board(request: AgentRequest) -> HttpResponse:
    """Show five numbers, their plots, the Maisons, and what is stuck."""
    now = timezone.now()
    looked = _read_page(request, now)
    asked, figures = looked.asked, looked.figures
    context: dict[str, Any] = {
        "asked": asked,
        "numbers": numbers(asked, figures, fifth=_fifth(looked, now)),
        "plots": plots(asked, figures, looked.topics, looked.felt),
        "place_options": place_options(request, looked.scope, asked.place),
        "period_options": period_options(asked),
        "topic_groups": topic_groups(request, asked),
        "has_several": asked.where.has_several,
        "heads": places.heads(asked),
        "rows": looked.places,
        "total": places.total_row(asked, looked.places),
        "stuck": stuck(asked.where, now=now),
        "by_channel": looked.by_channel,
        "fewest": FeltBatch.SIZE,
        "felt_rows": felt_rows(request, looked.felt) if asked.where.has_several else [],
        "sentences": sentences(asked.where, asked.period, scope=looked.scope),
        "done": done_lately(places=places_of(request.user), now=now),
        "stuck_count": sum(line.late for line in figures.places.values()),
        "stuck_url": asked.list_url("plus-de-5-jours"),
        "rolled_at": figures.rolled_at,
        "now": now,
        "openings_to_review": looked.scope.openings_to_review,
        "readings_to_review": looked.scope.readings_to_review,
    }
    return render(request, "dashboards/board.html", context)


@require_GET
@login_required
def export(request: AgentRequest, form: str) -> HttpResponse:
    """Export the same statistics; who took them is logged."""
    if form not in CONTENT_TYPES:
        raise Http404
    now = timezone.now()
    looked = _read_page(request, now)
    asked = looked.asked
    why = " ".join([form, asked.choice.code, *([asked.topic.code] if asked.topic else [])])
    log_access(user=request.user, kind=Kind.EXPORT, subject_id=asked.maison_id or 0, at=now, why=why)
    rows = lines.table(asked, looked.figures, looked.topics, looked.places, looked.felt, looked.by_channel)
    content = as_file(rows, form, title=_("Chiffres"), frozen="C2")
    about = "-".join([asked.place, *([asked.topic.code] if asked.topic else [])])
    name = f"chiffres-{about}-{asked.period.first}-{asked.period.last}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=CONTENT_TYPES[form], headers=headers)


def _read_page(request: AgentRequest, now: datetime) -> Report:
    scope = scope_of(request.user)
    require(scope.can_steer)
    asked = read_asked(request, scope, today_of(now))
    figures = read(asked.where, asked.period, asked.earlier, now=now)
    topics = {topic.pk: topic for topic in territory_of(request).topics.values()}
    rows = places.rows(request, asked, figures)
    felt, by_channel = read_felt(asked.where, asked.period), channel_statistics(asked)
    return Report(scope, asked, figures, topics, rows, felt, by_channel)


def _fifth(looked: Report, now: datetime) -> Fifth:
    """Count the unplaced for those who place them and see everything; else the Maison's unassigned."""
    asked = looked.asked
    is_whole = looked.scope.can_place and asked.maison_id is None
    code, note = ("a-placer", _("sans lieu d’accueil")) if is_whole else ("a-confier", _("sans agent"))
    tickets = list_view(
        VIEWS[code],
        scope=looked.scope,
        maison_id=asked.maison_id,
        channel="",
        now=now,
        topic_id=asked.where.topic_id,
    )
    return Fifth(code, str(VIEWS[code].label), tickets.count(), note)
