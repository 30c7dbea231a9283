"""The queue of the day, beside the visit form."""

from dataclasses import replace
from typing import Any

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
PUT_BACK = "remettre"
STEPS = {
    "appeler": gettext_lazy("%(number)s appelé."),
    "absent": gettext_lazy("%(number)s noté absent."),
    "recu": gettext_lazy("%(number)s noté reçu."),
    PUT_BACK: gettext_lazy("%(number)s : dernière étape annulée."),
}


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
    """Call the person who has waited longest."""
    desk = _standing(request)
    assert desk.maison_id is not None
    called = services.call_next(maison_id=desk.maison_id, by=desk.user, at=desk.at)
    said = _step_said(request, desk, called, "appeler") if called else _("Plus personne n’attend.")
    return _answer(request, desk, said)


@login_required
@require_POST
def step(request: AgentRequest, pk: int, name: str) -> HttpResponse:
    """Call again, record as absent or received, or undo that; the visit must be at this counter."""
    desk = _standing(request)
    if name not in STEPS:
        raise Http404
    assert desk.maison_id is not None
    visit = get_object_or_404(Visit, pk=pk, maison_id=desk.maison_id)
    try:
        _move(visit, name, desk)
        said = _step_said(request, desk, visit, name)
    except Refused as refusal:
        said = str(refusal)
    return _answer(request, desk, said)


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
        "last_step": last if is_shown else None,
        "now": desk.at,
    }


def _standing(request: AgentRequest) -> Desk:
    desk = desk_of(request)
    if desk.maison_id is None:
        raise Http404
    return desk


def _move(visit: Visit, name: str, desk: Desk) -> None:
    if name == "appeler":
        services.call(visit=visit, by=desk.user, at=desk.at)
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
        "can_undo": name != PUT_BACK,
    }
    return said


def _answer(request: AgentRequest, desk: Desk, said: str) -> HttpResponse:
    if not request.htmx:
        return redirect("frontdesk:visit")
    context = {**counter_context(request, desk), "is_alone": True}
    page = render(request, "frontdesk/_queue.html", context)
    # After the swap: before it, nobody hears a button that an earlier answer took away.
    return trigger_client_event(page, "annonce", {"value": said}, after="swap")
