"""« Rappels promis »: persons who wait for our call, due first; called, or not reached and tried again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from channels_app.phone.forms import AgainForm
from requests_app.access.gate import require
from requests_app.access.scope import Scope, scope_of
from requests_app.accounts.agent_request import AgentRequest
from requests_app.lib.french import moment
from requests_app.maisons.models import Maison
from requests_app.tickets import services
from requests_app.tickets.errors import Refused
from requests_app.tickets.models import ToDo
from requests_app.tickets.selectors.promises import Promise, count_promises, promised_task, promises_at

DONE = "promise_done"  # in the session: the task of the last call and what was said; no name
UNREADY = 422


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """A promise, with its form to try again."""

    promise: Promise
    form: AgainForm


@require_GET
@login_required
def promises(request: AgentRequest) -> HttpResponse:
    """List the calls promised at the agent's Maison, or at all of theirs when they are at no desk."""
    return _page(request, timezone.now())


@require_POST
@login_required
def note_call(request: AgentRequest, pk: int) -> HttpResponse:
    """Record that the person was called."""
    now, task = timezone.now(), _task(request, pk)
    try:
        services.note_called(task=task, by=request.user, at=now)
    except Refused as refusal:
        return _show_refusal(request, refusal)
    return _remember(request, pk, _("Appel noté."), now)


@require_POST
@login_required
def not_reached(request: AgentRequest, pk: int) -> HttpResponse:
    """Record that nobody answered, and promise a new time."""
    now, task = timezone.now(), _task(request, pk)
    form = _again_form(pk, now, _place(request, _scope(request)), request.POST)
    if not form.is_valid() or form.promised_at is None:
        return _page(request, now, wrong=(pk, form), status=UNREADY)
    try:
        services.note_not_reached(task=task, again_at=form.promised_at, by=request.user, at=now)
    except Refused as refusal:
        return _show_refusal(request, refusal)
    said = _("Pas joint : à rappeler, %(when)s.") % {"when": moment(form.promised_at)}
    return _remember(request, pk, said, now)


@require_POST
@login_required
def undo(request: AgentRequest, pk: int) -> HttpResponse:
    """Undo the call just recorded; its promise is open again."""
    try:
        services.undo_call(task=_task(request, pk), by=request.user, at=timezone.now())
    except Refused as refusal:
        return _show_refusal(request, refusal)
    request.session.pop(DONE, None)
    messages.success(request, _("Annulé : le rappel est de nouveau à faire."))
    return redirect("phone:promises")


def _scope(request: AgentRequest) -> Scope:
    scope = scope_of(request.user)
    require(scope.can_welcome)
    return scope


def _task(request: AgentRequest, pk: int) -> ToDo:
    task = promised_task(_scope(request), pk)
    if task is None:
        raise Http404
    return task


def _show_refusal(request: HttpRequest, refusal: Refused) -> HttpResponse:
    messages.error(request, str(refusal))
    return redirect("phone:promises")


def _remember(request: HttpRequest, pk: int, said: str, now: datetime) -> HttpResponse:
    request.session[DONE] = {"task_id": pk, "said": said, "at": now.isoformat()}
    return redirect("phone:promises")


def _page(
    request: AgentRequest, now: datetime, *, wrong: tuple[int, AgainForm] | None = None, status: int = 200
) -> HttpResponse:
    scope = _scope(request)
    place = _place(request, scope)
    maison_id = place.pk if place else None
    context: dict[str, Any] = {
        "lines": [
            PromiseRow(
                each,
                wrong[1] if wrong and wrong[0] == each.task_id else _again_form(each.task_id, now, place),
            )
            for each in promises_at(scope, maison_id=maison_id, now=now)
        ],
        "figures": count_promises(scope, maison_id=maison_id, now=now),
        "wrong_id": wrong[0] if wrong else None,
        "wrong": wrong[1] if wrong else None,
        "done": None if wrong else _last(request, now),
    }
    return render(request, "phone/promises.html", context, status=status)


def _place(request: AgentRequest, scope: Scope) -> Maison | None:
    """Return the Maison where the agent is, whose hours bound the calls."""
    chosen = request.user.current_maison_id
    return Maison.objects.filter(pk=chosen).first() if chosen and scope.can_see(chosen) else None


def _again_form(pk: int, now: datetime, place: Maison | None, data: Any = None) -> AgainForm:
    return AgainForm(data, now=now, place=place, auto_id=f"%s-{pk}")


def _last(request: HttpRequest, now: datetime) -> dict[str, Any] | None:
    """Return the last call recorded, while it can be undone."""
    done = request.session.get(DONE)
    is_young = done and now - datetime.fromisoformat(done["at"]) < services.UNDO_CALL_WITHIN
    return done if is_young else None
