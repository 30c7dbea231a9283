"""The queue of the day, beside the visit form."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import trigger_client_event

from channels_app.frontdesk.counting import visits_today
from channels_app.frontdesk.desk import Desk, desk_of
from channels_app.frontdesk.notices import recent
from requests_app.accounts.agent_request import AgentRequest
from requests_app.lib import french
from requests_app.tickets.errors import Refused
from requests_app.visits import services
from requests_app.visits.models import Visit
from requests_app.visits.selectors import queue_of

STEP = "visit_step"  # in the session: the last step of the queue, so that it can be undone
DESK_REFUSED, DESK_TYPED = "desk_refused", 12  # in the session until the page has shown it once
PUT_BACK, AHEAD, IN_TURN = "remettre", "avant", "a-son-tour"
STEPS = {
    "appeler": gettext_lazy("%(number)s appelé."),
    "absent": gettext_lazy("%(number)s noté absent."),
    "recu": gettext_lazy("%(number)s noté reçu."),
    PUT_BACK: gettext_lazy("%(number)s : dernière étape annulée."),
    AHEAD: gettext_lazy("%(number)s passe avant."),
    IN_TURN: gettext_lazy("%(number)s passe à son tour."),
}
UNDOES = {AHEAD: IN_TURN}  # every other step is undone by PUT_BACK


@login_required
@require_GET
def queue(request: AgentRequest) -> HttpResponse:
    """Render the queue alone, for the page that polls every 15 seconds; 204 when nothing changed."""
    desk = _standing(request)
    context = counter_context(request, desk)
    if context["queue"].version == request.GET.get("v"):
        return HttpResponse(status=204)
    return render(request, "frontdesk/_queue.html", {**context, "is_alone": True})


@login_required
@require_POST
def call_next(request: AgentRequest) -> HttpResponse:
    """Call who comes first in the queue."""
    desk = _standing(request)
    assert desk.maison_id is not None
    called = services.call_next(maison_id=desk.maison_id, by=desk.user, at=desk.at)
    said = _step_said(request, desk, called, "appeler") if called else _("Plus personne n’attend.")
    return _answer(request, desk, said)


@login_required
@require_POST
def step(request: AgentRequest, pk: int, name: str) -> HttpResponse:
    """Call again, let pass before, record as absent or received, or undo that; it must be at this counter."""
    desk = _standing(request)
    if name not in STEPS:
        raise Http404
    assert desk.maison_id is not None
    visit = get_object_or_404(Visit, pk=pk, maison_id=desk.maison_id)
    try:
        _move(visit, name, desk, reason=request.POST.get("raison", ""))
        said = _step_said(request, desk, visit, name)
    except Refused as refusal:
        said = str(refusal)
    return _answer(request, desk, said)


@login_required
@require_POST
def say_desk(request: AgentRequest) -> HttpResponse:
    """Store at which desk the agent receives today: the screen shows it when they call."""
    desk = _standing(request)
    assert desk.maison_id is not None
    typed = request.POST.get("bureau", "")
    try:
        number = services.say_desk(agent=desk.user, maison_id=desk.maison_id, typed=typed, at=desk.at)
    except Refused as refusal:
        request.session[DESK_REFUSED] = {"typed": typed[:DESK_TYPED], "error": str(refusal)}
    else:
        named = _("Vous appelez au bureau %(number)s.") % {"number": number}
        messages.success(request, named if number else _("Vous appelez sans numéro de bureau."))
    return redirect("frontdesk:visit")


def counter_context(request: HttpRequest, desk: Desk) -> dict[str, Any]:
    """Return the queue and the last step, for the page and for its fragment."""
    assert desk.maison_id is not None
    last = request.session.get(STEP)
    is_shown = last and last["maison"] == desk.maison_id and recent(desk.at, last["at"])
    queue = queue_of(maison_id=desk.maison_id, scope=desk.scope, at=desk.at)
    visits = visits_today(maison_id=desk.maison_id, at=desk.at)
    queue = replace(queue, visits=visits, version=f"{queue.version}-{visits}")
    return {
        "queue": queue,
        "mean_wait": "–" if queue.mean_wait is None else french.delay(queue.mean_wait),
        "last_step": {"undo": PUT_BACK, **last} if last and is_shown else None,
        "ahead_reasons": Visit.Ahead.choices,
        "now": desk.at,
    }


def _standing(request: AgentRequest) -> Desk:
    desk = desk_of(request)
    if desk.maison_id is None:
        raise Http404
    return desk


def _move(visit: Visit, name: str, desk: Desk, *, reason: str) -> None:
    if name == "appeler":
        services.call(visit=visit, by=desk.user, at=desk.at)
    elif name == AHEAD:
        services.pass_before(visit=visit, reason=reason, by=desk.user, at=desk.at)
    elif name == IN_TURN:
        services.pass_in_turn(visit=visit)
    elif name == PUT_BACK:
        services.put_back(visit=visit)
    else:
        state = Visit.State.ABSENT if name == "absent" else Visit.State.RECEIVED
        services.end(visit=visit, state=state, at=desk.at)


def _step_said(request: HttpRequest, desk: Desk, visit: Visit, name: str) -> str:
    said = STEPS[name] % {"number": visit.ticket_number}
    request.session[STEP] = {
        "visit": visit.pk,
        "said": said,
        "at": desk.at.isoformat(),
        "maison": desk.maison_id,
        "can_undo": name not in (PUT_BACK, IN_TURN),
        "undo": UNDOES.get(name, PUT_BACK),
    }
    return said


def _answer(request: AgentRequest, desk: Desk, said: str) -> HttpResponse:
    if not request.htmx:
        return redirect("frontdesk:visit")
    context = {**counter_context(request, desk), "is_alone": True}
    page = render(request, "frontdesk/_queue.html", context)
    # After the swap: before it, nobody hears a button that an earlier answer took away.
    return trigger_client_event(page, "annonce", {"value": said}, after="swap")
