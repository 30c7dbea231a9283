"""Come back later, on another device too; or leave nothing behind."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from channels_app.portal import drafts
from channels_app.portal.preserve_input import preserve_input
from channels_app.portal.steps import REVIEW
from channels_app.portal.views.question import address
from requests_app.lib.no_referrer import no_referrer
from requests_app.outbox import left_pages

KEEP = "garder"


@require_http_methods(["GET", "HEAD", "POST"])
@no_referrer
@preserve_input
def resume(request: HttpRequest, secret: str) -> HttpResponse:
    """Show a button, then the first question without an answer: a GET changes nothing (W06)."""
    at = timezone.now()
    if request.method == "POST":
        return _resume(request, secret, at)
    draft = drafts.find_draft(secret, at=at)
    if draft is None or draft.sent_at:
        return render(request, "portal/link_ended.html", status=404)
    return render(request, "portal/resume.html", {"until": draft.expires_at})


def _resume(request: HttpRequest, secret: str, at: datetime) -> HttpResponse:
    """Continue in this browser with a new secret: the link no longer works for anyone."""
    resumed = drafts.resume(secret, at=at)
    if resumed is None:
        return render(request, "portal/link_ended.html", status=404)
    draft, new_secret = resumed
    response = redirect(address(drafts.first_missing(draft) or REVIEW))
    drafts.remember(response, new_secret)
    return response


@require_http_methods(["GET", "HEAD"])
@no_referrer
@preserve_input
def later(request: HttpRequest) -> HttpResponse:
    """Show the link to come back by."""
    draft = drafts.draft_of(request, at=timezone.now())
    if draft is None or draft.sent_at:
        return redirect("portal:ask")
    secret = request.COOKIES[drafts.COOKIE]
    return render(request, "portal/later.html", {"until": draft.expires_at, "link": drafts.link_to(secret)})


@require_POST
@no_referrer
@preserve_input
def erase(request: HttpRequest) -> HttpResponse:
    """Erase the answers here and on the server; only here, when they are stored for another device."""
    draft = drafts.draft_of(request, at=timezone.now())
    if draft and KEEP not in request.POST:
        drafts.erase(draft)
    response = redirect("portal:home")
    response.delete_cookie(drafts.COOKIE, path="/demande/")
    left_pages.forget_answers(request)
    return response
