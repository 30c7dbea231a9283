"""What the law says of each topic: the list of what waits, and one regime with the texts it changes."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from requests_app.access.gate import require
from requests_app.access.scope import Scope, scope_of
from requests_app.accounts.agent_request import AgentRequest
from requests_app.catalog.models import Topic
from requests_app.tickets.deadlines import PARIS
from requests_app.tickets.errors import Refused
from requests_app.tickets.services.regime_withdrawals import (
    confirmed_parts,
    count_told,
    withdraw_confirmation,
)
from requests_app.tickets.services.regimes import apply_values, last_change, save_regime
from requests_app.www.regimes.examples import groups_of
from requests_app.www.regimes.forms import RegimeForm, WithdrawForm

SHOWN_CHANGES = 50


@require_GET
@login_required
def regimes(request: AgentRequest) -> HttpResponse:
    """List the topics, those that wait for a validation first."""
    _scope(request)
    topics = list(Topic.objects.active().select_related("validated_by").order_by("theme", "label"))
    context = {
        "waiting": [topic for topic in topics if topic.parts_to_validate],
        "others": [topic for topic in topics if not topic.parts_to_validate],
    }
    return render(request, "regimes/regimes.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def regime(request: AgentRequest, code: str) -> HttpResponse:
    """Read a regime, try other values on the texts, save them."""
    scope = _scope(request)
    topic = get_object_or_404(Topic.objects.select_related("validated_by"), code=code)
    data, last = request.POST or None, last_change(topic)
    form = RegimeForm(data, topic=topic, last=last, may_validate=scope.can_validate_law)
    is_tried = data is not None and form.is_valid()
    if is_tried and "preview" not in request.POST and _save(request, form, topic):
        messages.success(request, _("Le sujet est enregistré."))
        return redirect("regimes:regime", code=topic.code)
    return _page(request, topic, form, is_tried=is_tried)


@require_POST
@login_required
def withdraw(request: AgentRequest, code: str) -> HttpResponse:
    """Take a confirmation back, with its reason."""
    require(_scope(request).can_validate_law)
    topic = get_object_or_404(Topic.objects.select_related("validated_by"), code=code)
    last = last_change(topic)
    withdrawal = WithdrawForm(request.POST, parts=confirmed_parts(topic), last=last)
    if withdrawal.is_valid() and _withdraw(request, withdrawal, topic):
        messages.success(request, _("C’est à valider de nouveau."))
        return redirect("regimes:regime", code=topic.code)
    form = RegimeForm(topic=topic, last=last, may_validate=True)
    return _page(request, topic, form, withdrawal=withdrawal)


def _page(
    request: AgentRequest,
    topic: Topic,
    form: RegimeForm,
    *,
    is_tried: bool = False,
    withdrawal: WithdrawForm | None = None,
) -> HttpResponse:
    shown = Topic.objects.get(pk=topic.pk)
    if is_tried:
        apply_values(shown, form.values, form.validated_parts)
    parts = confirmed_parts(topic) if _scope(request).can_validate_law else []
    if parts and withdrawal is None:
        withdrawal = WithdrawForm(parts=parts, last=last_change(topic))
    wrong = withdrawal if withdrawal and withdrawal.errors else form
    context = {
        "topic": topic,
        "form": form,
        "withdrawal": withdrawal,
        "wrong": wrong,
        "told": count_told(topic) if withdrawal else 0,
        "groups": groups_of(shown, received=timezone.localdate(timezone=PARIS)),
        "is_tried": is_tried,
        "changes": topic.regime_changes.select_related("by").order_by("-pk")[:SHOWN_CHANGES],
    }
    return render(request, "regimes/regime.html", context, status=422 if wrong.errors else 200)


def _scope(request: AgentRequest) -> Scope:
    scope = scope_of(request.user)
    require(scope.can_read_law)
    return scope


def _save(request: AgentRequest, form: RegimeForm, topic: Topic) -> bool:
    try:
        save_regime(
            topic=topic,
            values=form.values,
            validated=form.validated_parts,
            last=form.cleaned_data["last"],
            by=request.user,
            at=timezone.now(),
        )
    except Refused as error:
        form.add_error(None, str(error))
        return False
    return True


def _withdraw(request: AgentRequest, form: WithdrawForm, topic: Topic) -> bool:
    try:
        withdraw_confirmation(topic=topic, **form.cleaned_data, by=request.user, at=timezone.now())
    except Refused as error:
        form.add_error(None, str(error))
        return False
    return True
