"""An agent's appointments in their own calendar: a secret address, made, shown once, revoked on the page."""

from datetime import datetime, timedelta
from hashlib import sha256
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from requests_app.accounts.agent_request import AgentRequest
from requests_app.accounts.models import User
from requests_app.appointments.calendar_file import agent_calendar
from requests_app.appointments.models import Appointment
from requests_app.appointments.models.appointments import CANCELLED
from requests_app.lib.no_referrer import no_referrer
from requests_app.outbox import links
from requests_app.www.agenda.rights import read_context

FEED = "agenda_feed"
LASTS = timedelta(days=3650)  # until it is revoked
BEFORE, AFTER = timedelta(days=7), timedelta(days=90)
MAX_EVENTS = 2000


@login_required
@require_http_methods(["GET", "POST"])
@no_referrer
def subscription(request: AgentRequest) -> HttpResponse:
    """Say whether there is an address; a new one replaces it, and is shown this once."""
    agent = read_context(request)
    address = ""
    if request.method == "POST":
        secret = _create(agent.user, agent.now)
        address = settings.PUBLIC_URL + reverse("agenda:feed", args=[secret])
    is_open = links.secret_in_use(FEED, agent.user.pk, at=agent.now) is not None
    return render(request, "agenda/hours/subscription.html", {"address": address, "is_open": is_open})


@login_required
@require_POST
def revoke(request: AgentRequest) -> HttpResponse:
    """Close the address at once."""
    agent = read_context(request)
    links.revoke(FEED, agent.user.pk, at=agent.now)
    messages.success(request, _("L’adresse ne répond plus."))
    return redirect("agenda:subscription")


@require_safe
@no_referrer
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Serve the appointments of an agent from last week to ninety days ahead; 304 when nothing changed."""
    now = timezone.now()
    agent = _agent_of(secret, now)
    if agent is None:
        return HttpResponse(status=404, content_type="text/plain; charset=utf-8")
    rows = Appointment.objects.between(now - BEFORE, now + AFTER).filter(agent=agent)
    given = rows.exclude(state__in=CANCELLED).select_related("maison__commune", "type")
    file = agent_calendar(given.order_by("starts_at", "pk")[:MAX_EVENTS])
    etag = f'"{sha256(file).hexdigest()[:20]}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponse(status=304, headers={"ETag": etag})
    return HttpResponse(file, content_type="text/calendar; charset=utf-8", headers={"ETag": etag})


def _create(agent: User, at: datetime) -> str:
    links.revoke(FEED, agent.pk, at=at)
    return links.open_page(f"{FEED}:{agent.pk}:{uuid4().hex}", FEED, agent.pk, until=at + LASTS, at=at)


def _agent_of(secret: str, at: datetime) -> User | None:
    """Return the agent of an address; None when it is revoked or invented, or they have left."""
    found = links.resolve(secret, at)
    if found is None or found[0] != FEED:
        return None
    return User.objects.present().filter(pk=found[1]).first()
