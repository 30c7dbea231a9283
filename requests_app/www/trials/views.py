"""Read trials: the list, one with its charts and conclusion, and its rows as a file."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from requests_app.access.audit_log import Kind as Access
from requests_app.access.audit_log import log_access
from requests_app.access.gate import require
from requests_app.access.scope import scope_of
from requests_app.accounts.agent_request import AgentRequest
from requests_app.experiments.files import COLUMNS
from requests_app.experiments.measures import MEASURES
from requests_app.experiments.models import Trial, TrialSite
from requests_app.experiments.selectors import TrialResult, foresee, read_result
from requests_app.experiments.services import can_lead
from requests_app.feedback.models import FieldFeedback
from requests_app.feedback.models.field import FieldFeedbackQuerySet
from requests_app.lib.paging import pager_of
from requests_app.lib.spreadsheets import as_plain_csv
from requests_app.www.dashboards.plot import Plot
from requests_app.www.trials.drawing import chart, join_values
from requests_app.www.trials.forms import NoteForm, StopForm
from requests_app.www.trials.words import STATES, conclude_in_words, foresee_in_words, state_of

PER_PAGE = 25


@require_GET
@login_required
def list_trials(request: AgentRequest) -> HttpResponse:
    """List the trials of the territory, the last to begin first: all managers learn from each."""
    require(scope_of(request.user).can_steer)
    rows = Trial.objects.standing().prefetch_related("sites__maison").order_by("-starts_on", "-pk")
    found = Paginator(rows, PER_PAGE).get_page(request.GET.get("page", ""))
    today = timezone.localdate()
    lines = [(trial, STATES[state_of(trial, today)], _name_tried(trial)) for trial in found]
    context = {"lines": lines, "found": found, "pager": pager_of(found, request.GET)}
    return render(request, "trials/list.html", context)


@require_GET
@login_required
def show(request: AgentRequest, pk: int) -> HttpResponse:
    """Show a trial: what may be believed first, then each Maison's weeks, then the notes."""
    return show_trial(request, load_trial(request, pk))


def show_trial(
    request: AgentRequest,
    trial: Trial,
    *,
    stop_form: StopForm | None = None,
    note_form: NoteForm | None = None,
) -> HttpResponse:
    """Render the page, with the form that was refused if one was."""
    today = timezone.localdate()
    state = state_of(trial, today)
    leads = can_lead(request.user, [site.maison_id for site in trial.sites.all() if site.is_tried])
    context: dict[str, Any] = {
        "trial": trial,
        "measure": MEASURES[trial.measure],
        "state": STATES[state],
        "code": state,
        "can_lead": leads,
        "can_resume": leads and trial.stopped_on is not None and not trial.is_over(today),
        "tried": _name_tried(trial),
        "others": trial.sites.filter(is_tried=False).count(),
        "notes": trial.notes.filter(withdrawn_at=None).select_related("by").order_by("at", "pk"),
        "removed": trial.notes.filter(by=request.user, withdrawn_at__isnull=False).order_by("at", "pk"),
        "said": _said_in_reach(request, trial),
        "stop_form": stop_form or StopForm(),
        "note_form": note_form or NoteForm(),
    }
    if trial.has_begun(today):
        result = read_result(trial, today=today)
        context["conclusion"] = conclude_in_words(trial, result)
        context["plots"] = _plots(request, trial, result)
    else:
        context["foreseen"] = _foresee(trial, today)
    status = 422 if stop_form or note_form else 200
    return render(request, "trials/one.html", context, status=status)


@require_GET
@login_required
def export(request: AgentRequest, pk: int) -> HttpResponse:
    """Give the rows in the shape of `manage effect`; Maisons out of the reader's reach have no name."""
    trial = load_trial(request, pk)
    result, names = read_result(trial, today=timezone.localdate()), {}
    places = scope_of(request.user).listed_places
    for rank, site in enumerate(result.sites, start=1):
        is_named = site.is_tried or places.covers(site.maison_id)
        names[site.maison.code] = site.maison.code if is_named else f"comparaison-{rank}"
    rows = [
        [
            names[each.site],
            each.period,
            str(int(each.is_tried)),
            str(int(each.is_after)),
            "" if each.value is None else repr(each.value),
            str(int(each.n)),
        ]
        for each in result.observations
    ]
    log_access(user=request.user, kind=Access.EXPORT, subject_id=pk, at=timezone.now(), why="trial")
    headers = {
        "Content-Disposition": f'attachment; filename="piste-{pk}.csv"',
        "X-Content-Type-Options": "nosniff",
    }
    content = as_plain_csv([list(COLUMNS), *rows])
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


def load_trial(request: AgentRequest, pk: int) -> Trial:
    """Load a trial for a reader of statistics; withdrawn ones exist for those who lead them only."""
    scope = scope_of(request.user)
    require(scope.can_steer)
    trial = Trial.objects.prefetch_related("sites__maison").filter(pk=pk).first()
    if trial is None:
        raise Http404
    tried = [site.maison_id for site in trial.sites.all() if site.is_tried]
    if trial.withdrawn_at and not can_lead(request.user, tried):
        raise Http404
    return trial


def _said_in_reach(request: AgentRequest, trial: Trial) -> FieldFeedbackQuerySet:
    rows = FieldFeedback.objects.standing().filter(trials=trial)
    return rows.at(scope_of(request.user).listed_places).order_by("-said_at", "-pk")


def _name_tried(trial: Trial) -> list[str]:
    return sorted(site.maison.label for site in trial.sites.all() if site.is_tried)


def _foresee(trial: Trial, today: date) -> str:
    tried = [site.maison_id for site in trial.sites.all() if site.is_tried]
    others = [site.maison_id for site in trial.sites.all() if not site.is_tried]
    weeks = ((trial.ends_on - trial.starts_on).days + 1) // 7
    measure = MEASURES[trial.measure]
    plan = foresee(measure, tried, others, weeks=weeks, today=today)
    return foresee_in_words(plan, measure, tried=len(tried), weeks=weeks)


def _plots(request: AgentRequest, trial: Trial, result: TrialResult) -> list[Plot]:
    """Draw each Maison that tries, then the others: together, and apart within the reader's reach."""
    places = scope_of(request.user).listed_places
    others = [site.maison_id for site in result.sites if not site.is_tried]
    together = join_values(result, others)
    return [
        *(_site_plot(trial, result, site) for site in result.sites if site.is_tried),
        chart(trial, "autres", _("Les lieux comparés, ensemble"), together, result.mondays),
        *(
            _site_plot(trial, result, site)
            for site in result.sites
            if not site.is_tried and places.covers(site.maison_id)
        ),
    ]


def _site_plot(trial: Trial, result: TrialResult, site: TrialSite) -> Plot:
    weeks = result.weeks_at(site.maison_id)
    return chart(trial, f"lieu{site.maison_id}", site.maison.label, weeks, result.mondays)
