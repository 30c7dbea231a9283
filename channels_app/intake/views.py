"""The quarantine: what arrived and could not be read waits for someone (threats: I2)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from channels_app.intake import services
from channels_app.intake.board import board, just_discarded
from channels_app.intake.models import Arrival, ArrivalRaw
from channels_app.intake.raw_view import SHOWN, as_text
from requests_app.access.journal import Kind, note_reading
from requests_app.access.scope import scope_of
from requests_app.accounts.agent import agent_of
from requests_app.lib.paging import pager_of
from requests_app.tickets.errors import Refused

MOST_AT_ONCE = 50
JUST_DISCARDED = "ecartees"  # in the address after the act: their way back is offered

View = Callable[..., HttpResponse]


def for_central_team(view: View) -> View:
    """Raw arrivals belong to no Maison yet: the central team alone looks at them."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not scope_of(request.user).can_clear_quarantine:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@for_central_team
@require_GET
def quarantine(request: HttpRequest) -> HttpResponse:
    """Show the count of the last 30 days, what waits, what was put aside."""
    now = timezone.now()
    shown = board(
        now=now,
        waiting_page=request.GET.get("page", ""),
        discarded_page=request.GET.get("page_ecartees", ""),
    )
    ids = _numbers(request.GET.getlist(JUST_DISCARDED))
    undoable = just_discarded(agent_of(request), ids) if ids else []
    context = {
        "board": shown,
        "now": now,
        "waiting_pager": pager_of(shown.waiting, request.GET),
        "discarded_pager": pager_of(shown.discarded, request.GET, "page_ecartees"),
        "undoable": undoable,
        "undo_picks": ",".join(map(str, undoable)),
    }
    return render(request, "intake/quarantine.html", context)


@login_required
@require_GET
def arrival(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one raw arrival, as inert text."""
    found = _open(request, pk)
    raw = bytes(ArrivalRaw.objects.get(pk=found.pk).data)
    context = {"arrival": found, "text": as_text(raw), "is_cut": len(raw) > SHOWN}
    return render(request, "intake/arrival.html", context)


@login_required
@require_GET
def arrival_raw(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand over the bytes as a file that no browser opens."""
    found = _open(request, pk)
    raw = ArrivalRaw.objects.get(pk=found.pk)
    headers = {
        "Content-Disposition": f'attachment; filename="arrivee-{found.pk}.bin"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(bytes(raw.data), content_type="application/octet-stream", headers=headers)


@for_central_team
@require_POST
def retry(request: HttpRequest) -> HttpResponse:
    """Read again what was chosen: one at once, many by the workers."""
    chosen = _chosen(request)
    if not chosen:
        return redirect("intake:quarantine")
    if len(chosen) == 1:
        return _retry_now(request, chosen[0])
    count = services.retry_later(arrivals=chosen, at=timezone.now())
    sentence = ngettext("%(n)s message repart en lecture.", "%(n)s messages repartent en lecture.", count)
    messages.info(request, sentence % {"n": count})
    return redirect("intake:quarantine")


@for_central_team
@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Put aside what was chosen, with one reason; the next page offers the way back."""
    by, at, done = agent_of(request), timezone.now(), []
    for chosen in _chosen(request):
        try:
            services.discard(arrival=chosen, reason=request.POST.get("reason", ""), by=by, at=at)
        except Refused as refusal:
            messages.error(request, str(refusal))
            break
        done.append(f"{JUST_DISCARDED}={chosen.pk}")
    return redirect(f"{reverse('intake:quarantine')}?{'&'.join(done)}" if done else "intake:quarantine")


@for_central_team
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back into quarantine what was put aside."""
    back = 0
    for chosen in _chosen(request):
        try:
            services.undo_discard(arrival=chosen, at=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            back += 1
    if back:
        sentence = ngettext(
            "%(n)s message est de nouveau en quarantaine.",
            "%(n)s messages sont de nouveau en quarantaine.",
            back,
        )
        messages.success(request, sentence % {"n": back})
    return redirect("intake:quarantine")


def _open(request: HttpRequest, pk: int) -> Arrival:
    """One arrival, and a line in the journal whether it opens or not."""
    found = get_object_or_404(Arrival.objects.select_related("ended_by", "touchpoint__ticket"), pk=pk)
    is_allowed = scope_of(request.user).can_clear_quarantine
    note_reading(
        user=agent_of(request),
        kind=Kind.ARRIVAL,
        subject_id=pk,
        at=timezone.now(),
        was_refused=not is_allowed,
    )
    if not is_allowed:
        raise Http404
    return found


def _chosen(request: HttpRequest) -> list[Arrival]:
    """The arrivals ticked, oldest first; an empty choice is told."""
    ids = _numbers(",".join(request.POST.getlist("pick")).split(","))
    chosen = list(Arrival.objects.filter(pk__in=ids).order_by("received_at", "pk"))
    if not chosen:
        messages.error(request, _("Cochez d’abord un message."))
    return chosen


def _numbers(given: list[str]) -> list[int]:
    return [int(number) for number in given if number.isdecimal() and len(number) < 19][:MOST_AT_ONCE]


def _retry_now(request: HttpRequest, chosen: Arrival) -> HttpResponse:
    try:
        state = services.retry(arrival=chosen, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("intake:quarantine")
    chosen.refresh_from_db()
    if state == Arrival.State.HEARD and chosen.touchpoint:
        reference = chosen.touchpoint.ticket.reference
        messages.success(
            request, _("Le message est lu : il est joint à la demande %(ref)s.") % {"ref": reference}
        )
    elif state == Arrival.State.QUARANTINED:
        messages.warning(request, _("Le message ne se lit toujours pas : %(why)s") % {"why": chosen.reason})
    else:
        messages.info(request, _("Le message n’est plus en quarantaine : %(why)s") % {"why": chosen.reason})
    return redirect("intake:quarantine")
