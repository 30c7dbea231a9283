"""The weekly board of what agents said, and the answer of those in charge."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from requests_app.access.scope import scope_of
from requests_app.accounts.agent_request import AgentRequest
from requests_app.experiments.models import Trial
from requests_app.experiments.services import link_feedback
from requests_app.feedback import selectors, services
from requests_app.feedback.models import FieldFeedback
from requests_app.lib.weeks import WEEK, read_week
from requests_app.www.field.context import page_label
from requests_app.www.field.forms import AnswerForm

_KNOWN = {"semaine", "genre"}


@require_GET
@login_required
def board(request: AgentRequest) -> HttpResponse:
    """Show what was said in a week at the agent's Maisons, by kind."""
    if not set(request.GET) <= _KNOWN:
        raise BadRequest("unknown parameter")
    monday = read_week(request, today=timezone.localdate())
    kind = _kind(request)
    places, now = selectors.places_of(request.user), timezone.now()
    said = list(selectors.feedback_of_week(monday, places=places)[: selectors.MAX_SHOWN])
    context: dict[str, Any] = {
        "rows": [(row, page_label(row.page)) for row in said if kind in ("", row.kind)],
        "counts": selectors.count_by_kind(said),
        "kind": kind,
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "earlier_url": _url(monday - WEEK, kind),
        "later_url": _url(monday + WEEK, kind) if monday + WEEK <= timezone.localdate() else "",
        "has_more": len(said) == selectors.MAX_SHOWN,
        "still_open": selectors.list_still_open(monday, places=places),
        "done": selectors.done_lately(places=places, now=now),
    }
    return render(request, "field/board.html", context)


@require_GET
@login_required
def show_one(request: AgentRequest, pk: int) -> HttpResponse:
    """Show one feedback: to its author, and to those of its Maison."""
    return _page(request, load_feedback(request, pk))


@require_POST
@login_required
def answer(request: AgentRequest, pk: int) -> HttpResponse:
    """Save what those in charge decide; the author is told."""
    feedback = load_feedback(request, pk)
    if not services.can_answer(request.user, feedback):
        raise Http404
    form = AnswerForm(request.POST, feedback=feedback)
    if not form.is_valid():
        return _page(request, feedback, form)
    follow_up = form.follow_up()
    link_feedback(feedback=feedback, trial=form.cleaned_data["piste"], by=request.user)
    services.answer_feedback(feedback=feedback, follow_up=follow_up, by=request.user, at=timezone.now())
    messages.success(request, _("C’est enregistré, l’auteur le saura."))
    return redirect("field:one", pk)


def load_feedback(request: AgentRequest, pk: int) -> FieldFeedback:
    """Load a feedback that the agent wrote, answers for, or whose board they read; else it does not exist."""
    rows = FieldFeedback.objects.standing().with_names().prefetch_related("changes")
    feedback = rows.filter(pk=pk).first()
    if feedback is None:
        raise Http404
    is_theirs = request.user.pk in (feedback.author_id, feedback.owner_id)
    if not (is_theirs or selectors.places_of(request.user).covers(feedback.maison_id)):
        raise Http404
    return feedback


def _page(request: AgentRequest, feedback: FieldFeedback, form: AnswerForm | None = None) -> HttpResponse:
    can_answer = services.can_answer(request.user, feedback)
    context = {
        "feedback": feedback,
        "page": page_label(feedback.page),
        "trials": Trial.objects.standing().filter(feedback=feedback),
        "can_steer": scope_of(request.user).can_steer,
        "is_own": feedback.author_id == request.user.pk,
        "form": form or (AnswerForm(feedback=feedback) if can_answer else None),
    }
    return render(request, "field/one.html", context, status=422 if form else 200)


def _kind(request: HttpRequest) -> str:
    kind = request.GET.get("genre", "")
    if kind and kind not in FieldFeedback.Kind.values:
        raise BadRequest("unknown kind")
    return kind


def _url(monday: date, kind: str) -> str:
    chosen = f"&genre={kind}" if kind else ""
    return f"{reverse('field:board')}?semaine={monday}{chosen}"
