"""What is typed in the composer, saved while it is typed; files join it, templates fill it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from requests_app.accounts.agent_request import AgentRequest
from requests_app.answers import services
from requests_app.answers.models import Draft, DraftFile
from requests_app.answers.recipients import choice_of_other
from requests_app.answers.selectors import drafts_of, find_models
from requests_app.channels.outbound import Count
from requests_app.channels.ways_out import brief_way_out, outbound_of
from requests_app.lib.bodies import accepts_body
from requests_app.lib.questions import keeps_typing, only_asks
from requests_app.tickets.errors import Refused
from requests_app.tickets.services.participants import MAX_ROWS
from requests_app.www.backoffice.composer.composer_panel import OTHER, is_brief
from requests_app.www.backoffice.ticket.opening import OpenedTicket, open_readable

KINDS = {"reponse": Draft.Kind.ANSWER, "note": Draft.Kind.NOTE}


@accepts_body()
@keeps_typing
@require_POST
@login_required
def draft(request: AgentRequest, reference: str, kind: str) -> HttpResponse:
    """Save the text; the answer says when it was saved."""
    if kind not in KINDS:
        raise Http404
    opened = open_readable(request, reference)
    typed = _typed_draft(request, opened, KINDS[kind])
    if "fold" in request.POST:
        out = brief_way_out()
        typed["text"] = out.fold(typed["text"]) if out else typed["text"]
    saved = services.save_draft(**typed)
    if request.htmx:
        context = {"saved_at": saved.updated_at if saved else None, "count": _count(request, opened)}
        return render(request, "backoffice/_draft_state.html", context)
    return _back(reference, request)


def _count(request: HttpRequest, opened: OpenedTicket) -> Count | None:
    """Count as the page does, on the server: for the answer alone, by a channel for short texts."""
    choice = _recipient(request)
    out = outbound_of(choice.partition(":")[0]) if is_brief(choice) else None
    if out is None:
        return None
    typed = request.POST.get("text", "")
    return out.count(reference=opened.ticket.reference, typed=typed, fold_url=request.get_full_path())


@accepts_body()
@keeps_typing
@require_POST
@login_required
def files(request: AgentRequest, reference: str) -> HttpResponse:
    """Add files to the answer being written."""
    opened = open_readable(request, reference)
    typed, refusal = _typed_draft(request, opened, Draft.Kind.ANSWER), ""
    services.save_draft(**typed)
    try:
        services.save_draft(**typed, files=request.FILES.getlist("pieces"))
    except Refused as error:
        refusal = str(error)
    return _files(request, opened, refusal)


@accepts_body()
@require_POST
@login_required
def remove_file(request: AgentRequest, reference: str) -> HttpResponse:
    """Take a file out of the answer being written; what was typed stays."""
    opened = open_readable(request, reference)
    services.save_draft(**_typed_draft(request, opened, Draft.Kind.ANSWER))
    [pk, *_] = [*_keys(request, "remove"), 0]
    mine = DraftFile.objects.filter(draft__ticket=opened.ticket, draft__author=opened.user)
    services.remove_file(file=get_object_or_404(mine, pk=pk))
    return _files(request, opened, "")


def _files(request: AgentRequest, opened: OpenedTicket, refusal: str) -> HttpResponse:
    if request.htmx:
        typed = drafts_of(opened.ticket, opened.user, now=opened.now).answer
        context = {
            "files": typed.files,
            "refusal": refusal,
            "remove_url": reverse("backoffice:draft_file_remove", args=[opened.ticket.reference]),
        }
        return render(request, "backoffice/_draft_files.html", context)
    if refusal:
        messages.error(request, refusal)
    return _back(opened.ticket.reference, request)


@only_asks
@require_POST
@login_required
def models(request: AgentRequest, reference: str) -> HttpResponse:
    """List the matching templates, filled for this ticket, as suggestions of the composer."""
    opened = open_readable(request, reference)
    found = find_models(opened.ticket, request.POST.get("model_words", "")[:80])
    return render(request, "backoffice/_model_options.html", {"found": found})


def _typed_draft(request: HttpRequest, opened: OpenedTicket, kind: str) -> dict[str, Any]:
    return {
        "ticket": opened.ticket,
        "kind": kind,
        "text": request.POST.get("text", "").replace("\x00", ""),  # pasted from a PDF; PostgreSQL stores none
        "also": _also(request),
        "token": request.POST.get("token", "").replace("\x00", "") if kind == Draft.Kind.ANSWER else "",
        "recipient": _recipient(request).replace("\x00", ""),
        "by": opened.user,
        "at": opened.now,
    }


def _recipient(request: HttpRequest) -> str:
    to = request.POST.get("to", "")
    return choice_of_other(request.POST.get("other", "")) if to == OTHER else to


def _also(request: HttpRequest) -> list[int] | None:
    if "also_shown" not in request.POST:
        return None
    return _keys(request, "also")[:MAX_ROWS]


def _keys(request: HttpRequest, name: str) -> list[int]:
    """Return the keys of rows posted under a name; drop what is no key."""
    return [
        int(key) for key in request.POST.getlist(name) if key.isascii() and key.isdigit() and len(key) < 19
    ]


def _back(reference: str, request: HttpRequest) -> HttpResponse:
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return HttpResponseRedirect(reverse("backoffice:ticket", args=[reference]) + query + "#reponse")
