from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from channels_app.intake import services
from channels_app.intake.listing import ListQuery, numbers, parse_query
from channels_app.intake.models import Arrival
from channels_app.intake.views.guard import central_team_required
from channels_app.intake.views.telling import describe_gone, describe_retried
from requests_app.accounts.agent_request import AgentRequest
from requests_app.tickets.errors import ReasonMissing, Refused


@central_team_required
@require_POST
def retry(request: HttpRequest) -> HttpResponse:
    """Process the selected arrivals again, and say what became of each."""
    chosen = parse_query(request)
    told = services.retry_many(arrivals=_picked_arrivals(request), at=timezone.now())
    for level, sentence in describe_retried(told):
        messages.add_message(request, level, sentence)
    return redirect(chosen.url())


@central_team_required
@require_POST
def discard(request: AgentRequest) -> HttpResponse:
    """Discard the selected arrivals, with one reason; the next page offers an undo."""
    chosen, by, at, done, gone = parse_query(request), request.user, timezone.now(), [], 0
    for arrival in _picked_arrivals(request):
        try:
            services.discard(arrival=arrival, reason=request.POST.get("reason", ""), by=by, at=at)
        except ReasonMissing as refusal:
            return _asked_again(request, chosen, str(refusal))
        except Refused:
            gone += 1
        else:
            done.append(str(arrival.pk))
    if gone:
        messages.error(request, describe_gone(gone))
    return redirect(chosen.url(ecartees=",".join(done)) if done else chosen.url())


@central_team_required
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Return to quarantine what was discarded."""
    chosen, back, gone = parse_query(request), 0, 0
    for arrival in _picked_arrivals(request):
        try:
            services.undo_discard(arrival=arrival, at=timezone.now())
        except Refused:
            gone += 1
        else:
            back += 1
    if gone:
        sentence = ngettext(
            "%(n)s message n’était plus écarté.", "%(n)s messages n’étaient plus écartés.", gone
        )
        messages.error(request, sentence % {"n": gone})
    if back:
        sentence = ngettext(
            "%(n)s message est de nouveau en quarantaine.",
            "%(n)s messages sont de nouveau en quarantaine.",
            back,
        )
        messages.success(request, sentence % {"n": back})
    return redirect(chosen.url())


def _picked_arrivals(request: HttpRequest) -> list[Arrival]:
    """Return the ticked arrivals, oldest first; an empty selection gets a message."""
    ids = numbers(",".join(request.POST.getlist("pick")))
    picked = list(Arrival.objects.filter(pk__in=ids).order_by("received_at", "pk"))
    if not picked:
        messages.error(request, _("Cochez d’abord un message."))
    return picked


def _asked_again(request: HttpRequest, chosen: ListQuery, sentence: str) -> HttpResponse:
    """Render the list with the selection still ticked, to write the reason."""
    messages.error(request, sentence)
    ticked = numbers(",".join(request.POST.getlist("pick")))
    return redirect(chosen.url(coches=",".join(map(str, ticked))))
