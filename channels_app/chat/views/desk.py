"""« Conversations »: agents answer several people at once (never a false « en ligne »)."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from channels_app.chat import conversations, live, presence, replying
from channels_app.chat.models import Line, Thread
from channels_app.chat.reading import Row, checksum_of, row_of
from channels_app.chat.views.numbers import read_id
from requests_app.access.audit_log import Kind, log_all
from requests_app.access.gate import load_within, restrict_to
from requests_app.access.scope import Scope, scope_of
from requests_app.accounts.agent_request import AgentRequest
from requests_app.answers.selectors import find_models
from requests_app.lib import french
from requests_app.maisons.models import Maison
from requests_app.tickets.errors import Refused
from requests_app.tickets.models import Ticket
from requests_app.tickets.selectors.colleagues import colleagues_for

for_answerers = restrict_to(lambda scope: scope.can_triage)


@require_GET
@for_answerers
def desk(request: AgentRequest) -> HttpResponse:
    """Show the conversations side by side; each reading is logged (threats: I7)."""
    scope, at = scope_of(request.user), timezone.now()
    presence.note_agent(scope, at=at)
    found = conversations.conversations_for(scope, at=at)
    log_all(user=request.user, kind=Kind.TICKET, subject_ids=[each.ticket.pk for each in found], at=at)
    columns = [(each, secrets.token_hex(16), _can_handle(scope, each.ticket)) for each in found]
    last = max((each.last for each in found), default=0)
    return render(request, "chat/desk.html", {"columns": columns, "last": last})


def _can_handle(scope: Scope, ticket: Ticket) -> bool:
    return scope.can_handle(ticket.maison_id, ticket.is_sensitive, ticket.shared_with)


@require_GET
@for_answerers
def news(request: AgentRequest) -> HttpResponse:
    """Answer the page that asks for what is new in any conversation: 304 when nothing is."""
    scope, at = scope_of(request.user), timezone.now()
    presence.note_agent(scope, at=at)
    ids, lines = conversations.find_news(scope, after=read_id(request.GET.get("after", "")), at=at)
    if (thread_id := read_id(request.GET.get("typing", ""))) in ids:
        live.note_typing(thread_id, live.AGENT)
    said = {
        "threads": sorted(ids),
        "typing": sorted(live.typing_in(ids, live.PERSON)),
        "messages": [_as_json(line.thread_id, row_of(line)) for line in lines],
    }
    etag = checksum_of(said)
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        _log_lines(request, lines, at)
        response = JsonResponse(said)
    response.headers["ETag"] = etag
    return response


def _log_lines(request: AgentRequest, lines: Sequence[Line], at: datetime) -> None:
    """Log whose words the page is given: a conversation that began after it was shown too (threats: I7)."""
    tickets = sorted({line.thread.ticket_id for line in lines if line.thread.ticket_id})
    log_all(user=request.user, kind=Kind.TICKET, subject_ids=tickets, at=at)


def _as_json(thread_id: int, row: Row) -> dict[str, Any]:
    values = {"id": row.id, "direction": row.direction, "text": row.text, "at": french.clock(row.at)}
    return {"thread": thread_id, **values}


def _open(request: AgentRequest, pk: int, at: datetime) -> tuple[Thread, Ticket]:
    """Load a conversation; out of the scope it does not exist, and the attempt is logged."""
    thread = Thread.objects.filter(pk=pk).values_list("ticket_id", flat=True).first()
    scope = scope_of(request.user)
    ticket = load_within(
        Ticket.objects.select_related("maison", "topic", "person").filter(pk=thread or 0),
        kind=Kind.TICKET,
        by=request.user,
        at=at,
        may_open=lambda found: (
            not found.is_archived and scope.can_read(found.maison_id, found.is_sensitive, found.shared_with)
        ),
    )
    return Thread.objects.get(pk=pk), ticket


@require_POST
@for_answerers
def answer(request: AgentRequest, pk: int) -> HttpResponse:
    """Send one line."""
    at = timezone.now()
    thread, ticket = _open(request, pk, at)
    text, token = request.POST.get("text", ""), request.POST.get("token", "")
    try:
        replying.reply(thread=thread, ticket=ticket, text=text, token=token, by=request.user, at=at)
    except Refused as refusal:
        return _refuse(request, thread, ticket, refusal, text)
    return redirect("conversations:desk")


@require_POST
@for_answerers
def hand_over(request: AgentRequest, pk: int) -> HttpResponse:
    """Give the conversation to somebody else."""
    at = timezone.now()
    thread, ticket = _open(request, pk, at)
    to, reason = request.POST.get("to", ""), request.POST.get("reason", "")
    try:
        replying.hand_over(ticket=ticket, to=to, reason=reason, by=request.user, at=at)
    except Refused as refusal:
        return _refuse(request, thread, ticket, refusal, "")
    words = _("La conversation %(reference)s est confiée.") % {"reference": ticket.reference}
    messages.success(request, words)
    return redirect("conversations:desk")


def _refuse(
    request: AgentRequest, thread: Thread, ticket: Ticket, refusal: Refused, text: str
) -> HttpResponse:
    """Say why, with what was typed."""
    context = {
        "thread": thread,
        "ticket": ticket,
        "error": str(refusal),
        "typed": text,
        "token": secrets.token_hex(16),
    }
    return render(request, "chat/refused.html", context, status=422)


@require_GET
@for_answerers
def tools(request: AgentRequest, pk: int) -> HttpResponse:
    """Show the models that fit, and to whom the conversation may go."""
    thread, ticket = _open(request, pk, timezone.now())
    may = _can_handle(scope_of(request.user), ticket)
    maisons = Maison.objects.filter(closed_on=None).exclude(pk=ticket.maison_id or 0)
    context = {
        "thread": thread,
        "ticket": ticket,
        "models": find_models(ticket, "") if may else [],
        "colleagues": colleagues_for(ticket) if may else [],
        "maisons": maisons.order_by("name", "pk"),
        "can_handle": may,
    }
    return render(request, "chat/tools.html", context)
