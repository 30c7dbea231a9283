"""« Vérifiez vos réponses », then the submission; the confirmation can be reloaded (threats: W01, W02)."""

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from channels_app.portal import drafts, limits
from channels_app.portal.limits import Attempt
from channels_app.portal.looks import answers_in_words, dangers_of
from channels_app.portal.models import Draft
from channels_app.portal.preserve_input import preserve_input
from channels_app.portal.receipts import receipt_of
from channels_app.portal.second import IS_SECOND
from channels_app.portal.sending import contact_of, send
from channels_app.portal.steps import STEPS
from channels_app.portal.views.question import address
from requests_app.lib.callers import address_of
from requests_app.lib.no_referrer import no_referrer

POT = "site_web"  # a honeypot: people do not see it, robots fill everything
FASTEST = timedelta(seconds=5)  # nobody answers five questions faster


@require_http_methods(["GET", "HEAD", "POST"])
@no_referrer
@preserve_input
def review(request: HttpRequest) -> HttpResponse:
    """Show all answers, each with « Modifier »; send them."""
    at = timezone.now()
    draft = drafts.draft_of(request, at=at)
    if draft and draft.sent_at:
        return redirect("portal:done")
    if draft is None or (missing := drafts.first_missing(draft)):
        return redirect(address(missing if draft else STEPS[0].slug))
    if request.method == "POST":
        return _send(request, draft, at)
    return _page(request, draft)


def _send(request: HttpRequest, draft: Draft, at: datetime) -> HttpResponse:
    asked = (
        Attempt(limits.SEND_BY_ADDRESS, address_of(request)),
        Attempt(limits.SEND_BY_CONTACT, contact_of(draft)),
    )
    if request.POST.get(POT) or limits.is_over(*asked, at=at):
        return render(request, "portal/too_many.html", {}, status=429)
    if limits.are_on() and at - draft.created_at < FASTEST:
        return _page(request, draft, _("Relisez vos réponses, puis appuyez encore une fois."))
    send(draft=draft, at=at)
    limits.note(*asked, at=at)
    return redirect("portal:done")


def _page(request: HttpRequest, draft: Draft, refusal: str = "") -> HttpResponse:
    context = {
        "answers": answers_in_words(draft),
        "dangers": dangers_of(draft),
        "refusal": refusal,
        "is_second": IS_SECOND in draft.answers,
        "pot": POT,
    }
    return render(request, "portal/review.html", context)


@require_safe
@no_referrer
@preserve_input
def show_done(request: HttpRequest) -> HttpResponse:
    """Show the number, the date of the answer, what comes next."""
    at = timezone.now()
    draft = drafts.draft_of(request, at=at)
    if draft is None or draft.sent_at is None or at - draft.sent_at > drafts.SHOWN_FOR:
        return redirect("portal:ask")
    context = {"receipt": receipt_of(draft), "dangers": dangers_of(draft)}
    return render(request, "portal/done.html", context)
