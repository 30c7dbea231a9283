"""The first line: whatever happens to the page afterwards, a ticket exists (threats: S08)."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from channels_app.chat import browsers, limits, presence, writing
from channels_app.chat.contacts import Given, read_contact
from requests_app.lib.callers import address_of
from requests_app.lib.dangers import dangers_in
from requests_app.lib.no_referrer import no_referrer
from requests_app.tickets.errors import Refused

HONEYPOT = "site"  # people do not see this field: whoever fills it is a robot (threats: W02)


@require_http_methods(["GET", "HEAD", "POST"])
@no_referrer
def begin(request: HttpRequest) -> HttpResponse:
    """Show the box; its first line opens a thread and leads to it."""
    if request.method != "POST":
        return _page(request)
    try:
        opened = _start(request)
    except writing.TooMany as refusal:
        return _page(request, error=str(refusal), status=429)
    except Refused as refusal:
        return _page(request, error=str(refusal), status=422)
    response = redirect("chat:thread", secret=opened.secret)
    response.status_code = 303
    browsers.remember(response, request, opened.secret)
    return response


def _start(request: HttpRequest) -> writing.Opened:
    text = writing.read_text(request.POST.get("text", ""))
    given = read_contact(request.POST.get("contact", ""))
    if request.POST.get(HONEYPOT):
        raise writing.TooMany(writing.crowd_words())
    return writing.start(
        text=text,
        client_id=writing.read_client_id(request.POST.get("client_id", "")),
        given=Given(given.kind, given.value),
        caller=limits.hash_caller(address_of(request)),
        language=get_language() or "",
        at=timezone.now(),
    )


def _page(request: HttpRequest, *, error: str = "", status: int = 200) -> HttpResponse:
    typed = request.POST.get("text", "")
    context: dict[str, Any] = {
        "standing": presence.standing_of(None, at=timezone.now()),
        "client_id": uuid4(),
        "typed": typed,
        "contact": request.POST.get("contact", ""),
        "error": error,
        "dangers": dangers_in(typed),
        "max_length": writing.MAX_LENGTH,
    }
    return render(request, "chat/begin.html", context, status=status)
