"""« Mes données », reviewed by the agent before the hand-over: what is hidden, what else to hide (P04)."""

import json
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from requests_app.accounts.agent_request import AgentRequest
from requests_app.privacy.masking import someone
from requests_app.privacy.own_data import data_of
from requests_app.privacy.printing_data import parts_of, render_pdf
from requests_app.www.archives.files import as_file
from requests_app.www.archives.person_data import person_of

MAX_HIDDEN, MAX_LENGTH = 200, 200
Part = tuple[str, list[list[tuple[str, bool]]]]


@require_http_methods(["GET", "POST"])
@login_required
def review(request: AgentRequest, pk: int) -> HttpResponse:
    """Show all that would leave, with what is hidden; terms typed here are hidden too, in files as well."""
    person, by_hand = person_of(request, pk, why="review"), _extra_masks(request)
    parts = [_part(*part) for part in parts_of(data_of(person, at=timezone.now(), by_hand=by_hand))]
    n = sum(is_hidden for _title, lines in parts for line in lines for _text, is_hidden in line)
    context = {"person": person, "parts": parts, "hidden_count": n, "by_hand": "\n".join(by_hand)}
    return render(request, "archives/handing_over.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def as_json(request: AgentRequest, pk: int) -> HttpResponse:
    """Export everything, for a machine."""
    person, now = person_of(request, pk, why="json"), timezone.now()
    data = data_of(person, at=now, by_hand=_extra_masks(request))
    content = json.dumps(data, ensure_ascii=False, indent=2)
    return as_file(content.encode(), "application/json", _name(now, "json"))


@require_http_methods(["GET", "POST"])
@login_required
def as_pdf(request: AgentRequest, pk: int) -> HttpResponse:
    """Export everything, to read."""
    person, now = person_of(request, pk, why="pdf"), timezone.now()
    data = data_of(person, at=now, by_hand=_extra_masks(request))
    return as_file(render_pdf(data), "application/pdf", _name(now, "pdf"))


def _extra_masks(request: HttpRequest) -> list[str]:
    """Return the extra terms, one per line; they come by POST, since an address holds no name (P01)."""
    lines = (" ".join(line.split())[:MAX_LENGTH] for line in request.POST.get("hide", "").splitlines())
    return list(dict.fromkeys(line for line in lines if len(line) > 1))[:MAX_HIDDEN]


def _part(title: str, lines: list[str]) -> Part:
    return title, [_pieces(line) for line in lines if line]


def _pieces(line: str) -> list[tuple[str, bool]]:
    """Split the text of a line into pieces, each hidden or not."""
    hidden, pieces = someone(), list[tuple[str, bool]]()
    for rank, text in enumerate(line.split(hidden)):
        pieces += [(hidden, True)] if rank else []
        pieces += [(text, False)] if text else []
    return pieces


def _name(now: datetime, suffix: str) -> str:
    return f"{_('mes-donnees')}-{timezone.localdate(now)}.{suffix}"
