from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from channels_app.contract import RawMessage
from channels_app.intake.models import Arrival, ArrivalRaw
from channels_app.intake.raw_view import SHOWN, as_text, shown_safely
from channels_app.intake.services import can_unmake
from channels_app.registry import glance_at
from requests_app.access.audit_log import Kind
from requests_app.access.gate import admit
from requests_app.access.scope import scope_of
from requests_app.accounts.agent_request import AgentRequest


@login_required
@require_GET
def arrival(request: AgentRequest, pk: int) -> HttpResponse:
    """Show one raw arrival: a preview when it can be parsed, and its bytes as inert text."""
    found = open_arrival(request, pk)
    raw = ArrivalRaw.objects.get(pk=found.pk).content
    arrived = RawMessage(found.pk, found.address, raw, found.received_at, found.facts)
    glance = glance_at(found.channel, arrived)
    context = {
        "arrival": found,
        "glance": shown_safely(glance) if glance else None,
        "text": as_text(raw),
        "is_cut": len(raw) > SHOWN,
        "can_unmake": can_unmake(found),
        "is_just_made": "faite" in request.GET,
    }
    return render(request, "intake/arrival.html", context)


@login_required
@require_GET
def arrival_raw(request: AgentRequest, pk: int) -> HttpResponse:
    """Send the bytes as a file that no browser opens."""
    found = open_arrival(request, pk)
    raw = ArrivalRaw.objects.get(pk=found.pk)
    headers = {
        "Content-Disposition": f'attachment; filename="arrivee-{found.pk}.bin"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(raw.content, content_type="application/octet-stream", headers=headers)


def open_arrival(request: AgentRequest, pk: int) -> Arrival:
    """Return one arrival; the access is logged whether it opens or not."""
    found = get_object_or_404(Arrival.objects.select_related("ended_by", "touchpoint__ticket"), pk=pk)
    may_read = scope_of(request.user).can_clear_quarantine
    admit(may_read, kind=Kind.ARRIVAL, subject_id=pk, by=request.user, at=timezone.now())
    return found
