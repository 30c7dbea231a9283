"""« Ouvertes par exception »: the week's exceptions for those in charge, a page and a file (A04)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from requests_app.access.alerts import alerts_of, days_to_look_at, note_alerts_seen
from requests_app.access.audit_log import Kind, log_access
from requests_app.access.gate import require
from requests_app.access.glass import note_seen
from requests_app.access.review import (
    MAX_SHOWN,
    Exceptional,
    exceptions_of,
    excessive_searches,
    weeks_to_review,
)
from requests_app.access.scope import Scope, scope_of
from requests_app.accounts.agent_request import AgentRequest
from requests_app.accounts.models import User
from requests_app.lib import french
from requests_app.lib.spreadsheets import Cell, as_csv
from requests_app.lib.weeks import WEEK, monday_of, read_week
from requests_app.tickets.models import Ticket

MAX_KEY_LENGTH, MAX_SEEN = 18, 500


@dataclass(frozen=True, slots=True)
class Row:
    """``reference`` leads to the ticket when its page opens to the reader of the report."""

    line: Exceptional
    opens: bool


@require_GET
@login_required
def exceptions(request: AgentRequest) -> HttpResponse:
    """List the exceptions of a week, marking those to look at first."""
    scope, week = _reviewer(request), _week(request)
    user, this_week = request.user, monday_of(timezone.localdate())
    lines = exceptions_of(week, reach=scope.reviewed_places, manager=user)
    context: dict[str, Any] = {
        "rows": _rows(lines, scope),
        "week": week,
        "sunday": week + timedelta(days=6),
        "has_more": len(lines) == MAX_SHOWN,
        "beyond": excessive_searches(week, reach=scope.reviewed_places),
        "most_searches": settings.PERSON_SEARCHES_PER_HOUR,
        "must_look": [line for line in lines if line.must_look],
        "elsewhere": [each for each in _weeks_to_look_at(user) if each != week],
        "readings": (readings := alerts_of(week, reach=scope.reviewed_places, manager=user)),
        "readings_to_look_at": [each for each in readings if each.must_look],
        "earlier_url": _url(week - WEEK),
        "later_url": _url(week + WEEK) if week < this_week else "",
        "csv_url": f"{reverse('dashboards:exceptions_csv')}?semaine={week}",
        "has_board": scope.can_steer,
    }
    return render(request, "dashboards/exceptions.html", context)


@require_GET
@login_required
def exceptions_csv(request: AgentRequest) -> HttpResponse:
    """Export the same in full; who took it is logged."""
    scope, week = _reviewer(request), _week(request)
    user, now = request.user, timezone.now()
    log_access(user=user, kind=Kind.EXPORT, subject_id=0, at=now, why=f"exceptions csv {week}")
    lines = exceptions_of(week, reach=scope.reviewed_places, manager=user, at_most=None)
    answer = HttpResponse(as_csv(_table(lines)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="exceptions-{week}.csv"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_POST
@login_required
def exceptions_seen(request: AgentRequest) -> HttpResponse:
    """Note that the manager has looked at the exceptions, or at the readings, that the page showed."""
    _reviewer(request)
    week, user, now = _week(request), request.user, timezone.now()
    if done := note_seen(manager=user, glass_ids=_keys(request, "vue"), at=now):
        words = ngettext("%(n)s ouverture notée comme vue.", "%(n)s ouvertures notées comme vues.", done)
        messages.success(request, words % {"n": done})
    if done := note_alerts_seen(manager=user, alert_ids=_keys(request, "lecture"), at=now):
        words = ngettext("%(n)s lecture notée comme vue.", "%(n)s lectures notées comme vues.", done)
        messages.success(request, words % {"n": done})
    return redirect(_url(week))


def _weeks_to_look_at(user: User) -> list[date]:
    return sorted({*weeks_to_review(user), *map(monday_of, days_to_look_at(user))})


def _reviewer(request: AgentRequest) -> Scope:
    scope = scope_of(request.user)
    require(scope.can_review_glass)
    return scope


def _week(request: HttpRequest) -> date:
    """Return the Monday that is asked for; this week's when none is."""
    if not set(request.GET) <= {"semaine"}:
        raise BadRequest("unknown parameter")
    return read_week(request, today=timezone.localdate())


def _keys(request: HttpRequest, name: str) -> list[int]:
    keys = request.POST.getlist(name)
    if len(keys) > MAX_SEEN or any(
        not (k.isascii() and k.isdigit()) or len(k) > MAX_KEY_LENGTH for k in keys
    ):
        raise BadRequest("not keys of ours")
    return [int(key) for key in keys]


def _rows(lines: list[Exceptional], scope: Scope) -> list[Row]:
    """Build the rows; one statement says which tickets open to the reader today."""
    ids = [line.glass.ticket_id for line in lines]
    known = set(Ticket.objects.within(scope).filter(pk__in=ids).values_list("pk", flat=True))
    return [Row(line, line.glass.ticket_id in known) for line in lines]


def _table(lines: list[Exceptional]) -> list[list[Cell]]:
    heads: list[Cell] = [_("Jour"), _("Heure"), _("Agent"), _("Travaille à"), _("Demande"), _("Suivie à")]
    heads += [_("Motif"), _("Ses mots"), _("Refermée à"), _("Vue par")]
    return [heads, *(_cells(line) for line in lines)]


def _cells(line: Exceptional) -> list[Cell]:
    glass = line.glass
    return [
        timezone.localdate(glass.at).isoformat(),
        french.clock(glass.at),
        glass.user.full_name,
        glass.from_maison.label if glass.from_maison else "",
        glass.reference,
        glass.maison.label if glass.maison else "",
        glass.get_motive_display(),
        glass.reason,
        french.clock(glass.ended_at or glass.until),
        ", ".join(line.seen_by),
    ]


def _url(week: date) -> str:
    return f"{reverse('dashboards:exceptions')}?semaine={week}"
