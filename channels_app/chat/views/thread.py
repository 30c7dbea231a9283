"""A thread, for whoever holds its link: its lines, one more line, and what changed since (polled)."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from channels_app.chat import browsers, feeling, links, live, presence, reading, writing
from channels_app.chat.models import Thread
from channels_app.chat.views.numbers import read_id
from requests_app.lib import french
from requests_app.lib.no_referrer import no_referrer
from requests_app.outbox import left_pages, pages
from requests_app.tickets.errors import Refused


def load_thread(view: Callable[[HttpRequest, Thread, str], HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the thread of the link, or answer that it has ended, or that it asks for a code."""

    @wraps(view)
    def load(request: HttpRequest, secret: str) -> HttpResponse:
        found = reading.find(secret, at=timezone.now())
        if found is None:
            return render(request, "chat/ended.html", status=404)
        if left_pages.is_left(request, secret) or not browsers.may_read(request, found, secret):
            return _ask_for_code(request, secret)
        return view(request, found, secret)

    return load


@require_http_methods(["GET", "HEAD", "POST"])
@gzip_page
@no_referrer
@load_thread
def thread(request: HttpRequest, found: Thread, secret: str) -> HttpResponse:
    """Show the thread, or add a line to it."""
    if request.method == "POST":
        return _add(request, found, secret)
    links.prolong(found.pk, at=timezone.now())
    return _page(request, found, secret)


@require_POST
@no_referrer
@load_thread
def tell_felt(request: HttpRequest, found: Thread, secret: str) -> HttpResponse:
    """Save how it felt, and say that it is noted at the end of the thread."""
    try:
        feeling.tell(thread=found, level=request.POST.get("ressenti", ""), at=timezone.now())
    except Refused as refusal:
        return _page(request, found, secret, error=str(refusal), status=422)
    response = redirect(reverse("chat:thread", args=[secret]) + "#avis")
    response.status_code = 303
    return response


@require_POST
@no_referrer
def leave(request: HttpRequest, secret: str) -> HttpResponse:
    """Close the conversation in this browser: the next person there does not see it (threats: W11)."""
    response = left_pages.leave(request, secret, at=timezone.now())
    browsers.forget(response, secret)
    return response


def _ask_for_code(request: HttpRequest, secret: str) -> HttpResponse:
    context = {
        "follow": pages.address_of(pages.BY_NUMBER),
        "is_left": left_pages.is_left(request, secret),
    }
    return render(request, "chat/closed.html", context, status=403)


def _add(request: HttpRequest, found: Thread, secret: str) -> HttpResponse:
    try:
        writing.add(
            thread=found,
            text=writing.read_text(request.POST.get("text", "")),
            client_id=writing.read_client_id(request.POST.get("client_id", "")),
            at=timezone.now(),
        )
    except Refused as refusal:
        status = 429 if isinstance(refusal, writing.TooMany) else 422
        return _page(request, found, secret, error=str(refusal), status=status)
    live.stop_typing(found.pk, live.PERSON)
    response = redirect("chat:thread", secret=secret)
    response.status_code = 303
    return response


def _page(
    request: HttpRequest, found: Thread, secret: str, *, error: str = "", status: int = 200
) -> HttpResponse:
    rows = reading.rows_of(found)
    if request.method != "HEAD":
        reading.note_fetched(found, rows)
    context: dict[str, Any] = {
        "secret": secret,
        "thread": found,
        "ticket": found.ticket,
        "rows": rows,
        "last": rows[-1].id if rows else 0,
        "standing": presence.standing_of(found.ticket, at=timezone.now()),
        "dangers": reading.dangers_of(found),
        "client_id": uuid4(),
        "typed": request.POST.get("text", "") if error else "",
        "error": error,
        "max_length": writing.MAX_LENGTH,
        "question": feeling.question_of(found),
    }
    return render(request, "chat/thread.html", context, status=status)


@require_safe
@no_referrer
def messages(request: HttpRequest, secret: str) -> HttpResponse:
    """Answer a page that asks for what is new: 304 when nothing is."""
    at = timezone.now()
    found = reading.find(secret, at=at)
    is_left = left_pages.is_left(request, secret)
    if found is None or is_left or not browsers.may_read(request, found, secret):
        return HttpResponse(status=404)
    if request.GET.get("typing"):
        live.note_typing(found.pk, live.PERSON)
    standing, is_typing = reading.poll(found, at=at)
    is_json = "application/json" in request.headers.get("Accept", "")
    form, is_available = "json" if is_json else "html", standing.is_available
    etag = reading.etag_of(found, is_available=is_available, is_typing=is_typing, form=form)
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = _render_changes(request, found, is_json=is_json, is_available=is_available)
    response.headers["ETag"] = etag
    patch_vary_headers(response, ["Accept"])
    response.headers["Chat-Typing"] = str(int(is_typing))
    response.headers["Chat-Standing"] = quote(french.typo(standing.words))  # as the page, with a 304 too
    return response


def _render_changes(
    request: HttpRequest, found: Thread, *, is_json: bool, is_available: bool
) -> HttpResponse:
    rows = reading.rows_of(found, after=read_id(request.GET.get("after", "")))
    reading.note_fetched(found, rows)
    if is_json:
        return JsonResponse(reading.as_json(found, rows, is_available=is_available))
    return render(request, "chat/_lines.html", {"rows": rows})
