"""One question per page; nothing typed is lost, not even when going back."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods

from channels_app.portal import drafts, limits, papers, quota, second
from channels_app.portal.forms import FORMS, QuestionForm
from channels_app.portal.limits import Attempt
from channels_app.portal.looks import question_context
from channels_app.portal.models import Draft
from channels_app.portal.preserve_input import give_back, preserve_input
from channels_app.portal.quota import NoRoom
from channels_app.portal.steps import BY_SLUG, REVIEW, Step, next_page, number_of
from channels_app.portal.themes import choice_of, search, theme_of
from requests_app.lib.bodies import accepts_body
from requests_app.lib.callers import address_of
from requests_app.lib.no_referrer import no_referrer

FIRST = "sujet"
TYPED = "ecrit"  # text stored while photos are attached, before it is an answer


@accepts_body(step="message")  # with its photos
@require_http_methods(["GET", "HEAD", "POST"])
@gzip_page
@no_referrer
@preserve_input
def question(request: HttpRequest, step: str = FIRST) -> HttpResponse:
    """Ask one question, store its answer, redirect to the next."""
    if step not in BY_SLUG:
        raise Http404
    at = timezone.now()
    draft = drafts.draft_of(request, at=at)
    if draft and draft.sent_at:
        if request.method != "POST" and step != FIRST:
            return redirect("portal:done")
        if step == FIRST and (request.method != "POST" or not _towards(request)):
            draft = None
    if request.method == "POST":
        return _take_answer(request, BY_SLUG[step], draft, at)
    return _missing(draft, step) or _show_question(request, BY_SLUG[step], draft)


def _missing(draft: Draft | None, step: str) -> HttpResponse | None:
    """Redirect to the first question without an answer, when it comes before this one."""
    missing = drafts.first_missing(draft) if draft else FIRST
    if missing and number_of(missing) < number_of(step):
        return redirect(address(missing))
    return None


def _show_question(request: HttpRequest, step: Step, draft: Draft | None) -> HttpResponse:
    answers = draft.answers if draft else {}
    initial = answers.get(step.slug) or answers.get(TYPED, {}).get(step.slug) or _initial_topic(request, step)
    return _page(request, step, FORMS[step.slug](initial=initial), draft)


def _initial_topic(request: HttpRequest, step: Step) -> dict[str, str] | None:
    """Return the topic in the link of another page, while none is chosen."""
    code = request.GET.get("sujet", "")
    return {"sujet": code} if step.slug == FIRST and choice_of(code) else None


def _take_answer(request: HttpRequest, step: Step, draft: Draft | None, at: datetime) -> HttpResponse:
    if step.slug == FIRST and "chercher" in request.POST:
        return _page(request, step, FORMS[FIRST](), draft, found=search(request.POST.get("mots", "")))
    form = FORMS[step.slug](request.POST)
    if draft and draft.sent_at and second.is_sent_already(request, form, draft, step.slug):
        return redirect("portal:done")
    secret = ""
    try:
        if draft is None or draft.sent_at:
            draft, secret = _begin_draft(request, draft, at)
        try:
            response = _store_answer(request, step, form, draft, at)
        except drafts.AlreadySent:  # sent from another window meanwhile
            draft.refresh_from_db()
            draft, secret = _begin_draft(request, draft, at)
            response = _store_answer(request, step, form, draft, at, has_papers=True)
    except NoRoom:
        return give_back(request)
    if secret:
        drafts.remember(response, secret)
    return response


def _begin_draft(request: HttpRequest, sent: Draft | None, at: datetime) -> tuple[Draft, str]:
    """Create a draft, with the answers sent before if any; raises NoRoom."""
    who = address_of(request)
    begun = Attempt(limits.BEGIN_BY_ADDRESS, who)
    if limits.is_over(begun, at=at) or quota.is_full_lately():
        raise NoRoom
    limits.note(begun, at=at)
    return second.open_second(sent, address=who, at=at) if sent else drafts.open_draft(at=at)


def _store_answer(
    request: HttpRequest,
    step: Step,
    form: QuestionForm,
    draft: Draft,
    at: datetime,
    *,
    has_papers: bool = False,
) -> HttpResponse:
    changes = step.slug == "message" and not has_papers
    refusal = papers.change(request, draft, at=at) if changes else ""
    if papers.is_only_about_papers(request) or refusal:
        _keep_typed(draft, step, request, at)
        if refusal:
            return _page(
                request, step, FORMS[step.slug](initial=_typed_text(request)), draft, refusal=refusal
            )
        return redirect(f"{address(step.slug)}{_towards(request)}#papiers")
    if not form.is_valid():
        return _page(request, step, form, draft)
    drafts.keep_answer(draft=draft, step=step.slug, answer=form.kept, at=at)
    return redirect(address(REVIEW if request.GET.get("vers") == REVIEW else _next(draft, step.slug)))


def _next(draft: Draft, slug: str) -> str:
    """Return the next page; an earlier question without an answer first (the draft was lost)."""
    missing = drafts.first_missing(draft)
    return missing if missing and number_of(missing) < number_of(slug) else next_page(slug)


def _typed_text(request: HttpRequest) -> dict[str, str]:
    return {"texte": request.POST.get("texte", "").replace("\x00", "")}


def _keep_typed(draft: Draft, step: Step, request: HttpRequest, at: datetime) -> None:
    """Store text that is not an answer yet, beside the photos."""
    form = FORMS[step.slug](request.POST)
    if form.is_valid():
        drafts.keep_answer(draft=draft, step=step.slug, answer=form.kept, at=at)
    else:
        typed = {step.slug: {name: value[: 2 * 8000] for name, value in _typed_text(request).items()}}
        drafts.keep_answer(draft=draft, step=TYPED, answer=typed, at=at)


def _page(
    request: HttpRequest, step: Step, form: QuestionForm, draft: Draft | None, **more: Any
) -> HttpResponse:
    asked = {
        "query": _towards(request),
        "opened": request.GET.get("theme", "") or theme_of(request.GET.get("sujet", "")),
    }
    context = {"found": None, "refusal": "", **question_context(step, form, draft), **asked, **more}
    return render(request, step.template, context)


def _towards(request: HttpRequest) -> str:
    """Return the next page: a « Modifier » returns to the review."""
    return f"?vers={REVIEW}" if request.GET.get("vers") == REVIEW else ""


def address(slug: str) -> str:
    """Return the address of a page of the form."""
    if slug == FIRST:
        return reverse("portal:ask")
    return reverse("portal:review") if slug == REVIEW else reverse("portal:question", args=[slug])
