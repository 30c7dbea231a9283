"""Plan a trial, see beforehand what it can show, change it, withdraw it, end it early."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from requests_app.access.gate import require
from requests_app.access.scope import scope_of
from requests_app.accounts.agent_request import AgentRequest
from requests_app.accounts.models import Role
from requests_app.experiments import services
from requests_app.experiments.measures import MEASURES
from requests_app.experiments.models import Trial
from requests_app.experiments.selectors import foresee
from requests_app.maisons.models import Maison
from requests_app.tickets.errors import Refused
from requests_app.www.trials.forms import StopForm, TrialForm
from requests_app.www.trials.views import load_trial, show_trial
from requests_app.www.trials.words import foresee_in_words

WITHDRAW, RESTORE, STOP, RESUME = "retirer", "remettre", "arreter", "reprendre"


@require_http_methods(["GET", "POST"])
@login_required
def plan_new(request: AgentRequest) -> HttpResponse:
    """Plan a trial; `?lieu=` ticks a Maison, `?mesure=` chooses what it is judged on."""
    if request.method == "POST":
        return _save(request, Trial())
    if not set(request.GET) <= {"lieu", "mesure"} or request.GET.get("mesure", "felt") not in MEASURES:
        raise BadRequest("unknown parameter")
    led = _list_led(request)
    ticked = [maison.pk for maison in led if maison.code == request.GET.get("lieu") or len(led) == 1]
    initial = {"lieux": ticked, "mesure": request.GET.get("mesure", "felt")}
    return _render(request, TrialForm(led=led, today=timezone.localdate(), initial=initial), None)


@require_http_methods(["GET", "POST"])
@login_required
def change(request: AgentRequest, pk: int) -> HttpResponse:
    """Change a trial that has not begun."""
    trial = load_trial(request, pk)
    if request.method == "POST":
        return _save(request, trial)
    form = TrialForm(led=_list_led(request), today=timezone.localdate(), trial=trial)
    return _render(request, form, trial)


@require_POST
@login_required
def step(request: AgentRequest, pk: int, step: str) -> HttpResponse:
    """Withdraw it, put it back, end it early or undo that; a refusal is shown on the page."""
    trial, now = load_trial(request, pk), timezone.now()
    try:
        if step == STOP:
            form = StopForm(request.POST)
            if not form.is_valid():
                return show_trial(request, trial, stop_form=form)
            services.stop_trial(trial=trial, reason=form.cleaned_data["raison"], by=request.user, at=now)
            messages.success(request, _("La piste s’arrête à la fin de la semaine."))
        elif step == RESUME:
            services.resume_trial(trial=trial, by=request.user, at=now)
            messages.success(request, _("La piste continue."))
        elif step == WITHDRAW:
            services.withdraw_trial(trial=trial, by=request.user, at=now)
        elif step == RESTORE:
            services.restore_trial(trial=trial, by=request.user, at=now)
            messages.success(request, _("La piste est remise."))
        else:
            raise Http404
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("trials:one", pk)


def _save(request: AgentRequest, trial: Trial) -> HttpResponse:
    """Save what was typed, or show beforehand what it could see: the page keeps all of it."""
    form = TrialForm(request.POST, led=_list_led(request), today=timezone.localdate())
    kept = trial if trial.pk else None
    if not form.is_valid():
        return _render(request, form, kept, status=422)
    if "prevoir" in request.POST:
        return _render(request, form, kept, foreseen=_foresee(form))
    given = form.cleaned_data
    try:
        services.plan_trial(
            trial=form.fill(trial),
            tried=given["lieux"],
            others=form.list_compared(),
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _render(request, form, kept, status=422)
    return redirect("trials:one", trial.pk)


def _foresee(form: TrialForm) -> str:
    given, measure = form.cleaned_data, MEASURES[form.cleaned_data["mesure"]]
    tried = [maison.pk for maison in given["lieux"]]
    others = [maison.pk for maison in form.list_compared()]
    plan = foresee(measure, tried, others, weeks=given["semaines"], today=timezone.localdate())
    return foresee_in_words(plan, measure, tried=len(tried), weeks=given["semaines"])


def _render(
    request: AgentRequest, form: TrialForm, trial: Trial | None, *, foreseen: str = "", status: int = 200
) -> HttpResponse:
    context = {"form": form, "trial": trial, "foreseen": foreseen}
    return render(request, "trials/plan.html", context, status=status)


def _list_led(request: AgentRequest) -> QuerySet[Maison]:
    """Return the Maisons that they answer for; nobody else plans."""
    scope = scope_of(request.user)
    require(scope.can_steer)
    managed = scope.reach(Role.MANAGER)
    maisons = Maison.objects.current().order_by("label", "pk")
    if not (scope.can_manage_agents or managed.everywhere):
        require(bool(managed))
        maisons = maisons.filter(pk__in=managed.maisons)
    return maisons
