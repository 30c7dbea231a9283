"""« Répondre par courrier »: the answer being written, as it will be printed; posted once it is."""

from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from requests_app.access.audit_log import Kind
from requests_app.access.gate import require
from requests_app.accounts.agent_request import AgentRequest
from requests_app.accounts.signing import name_outside
from requests_app.answers import services
from requests_app.answers.models import Draft
from requests_app.channels.description import Medium
from requests_app.channels.registry import key_of
from requests_app.feedback.services import card_line, give_card
from requests_app.lib.pdf_answers import pdf
from requests_app.tickets.errors import Refused
from requests_app.tickets.letters.rendering import Paper, render_pdf
from requests_app.www.backoffice.ticket import undo
from requests_app.www.backoffice.ticket.opening import OpenedTicket, open_readable


@require_GET
@login_required
def answer_letter(request: AgentRequest, reference: str) -> HttpResponse:
    """Show the text to review before it is printed; an empty draft says what to do."""
    opened = _open_handled(request, reference)
    draft = _draft(opened)
    opened.note(Kind.TICKET)
    paper, why_not = None, ""
    try:
        paper = _paper(opened, draft, request.GET) if draft else None
    except Refused as refusal:
        why_not = str(refusal)
    context = {
        "ticket": opened.ticket,
        "paper": paper,
        "why_not": why_not,
        "is_refusal": _is_refusal(request.GET),
    }
    return render(request, "backoffice/answer_letter.html", context)


@require_GET
@login_required
def answer_letter_pdf(request: AgentRequest, reference: str) -> HttpResponse:
    """Print the same text; nothing changes but the access log."""
    opened = _open_handled(request, reference)
    draft = _draft(opened)
    if draft is None:
        raise Http404
    opened.note(Kind.TICKET)
    try:
        paper = _paper(opened, draft, request.GET)
    except Refused as refusal:
        raise Http404 from refusal
    card = give_card(ticket=opened.ticket, way=key_of(Medium.PAPER), at=opened.now)
    line = card_line(card, paper.language)
    paper = replace(paper, foot="\n\n".join(filter(None, [line, paper.foot])))
    return pdf(
        render_pdf([paper], author=name_outside(opened.user)), f"reponse-{opened.ticket.reference}.pdf"
    )


@require_POST
@login_required
def answer_posted(request: AgentRequest, reference: str) -> HttpResponse:
    """Note that it was printed and posted: the ticket is answered."""
    opened = _open_handled(request, reference)
    try:
        sent = services.answer_by_post(
            ticket=opened.ticket, by=opened.user, at=opened.now, then=_then(request.POST)
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("backoffice:answer_letter", reference=opened.ticket.reference)
    done = urlencode({"fait": undo.ANSWERED, "de": opened.ticket.reference, "v": str(sent.pk)})
    return redirect(f"{reverse('backoffice:ticket', args=[opened.ticket.reference])}?{done}#reponse")


def _paper(opened: OpenedTicket, draft: Draft, asked: QueryDict) -> Paper:
    return services.paper_of(draft=draft, by=opened.user, at=opened.now, then=_then(asked))


def _then(asked: QueryDict) -> str:
    return services.AfterAnswer.REFUSE if _is_refusal(asked) else services.AfterAnswer.STAY


def _is_refusal(asked: QueryDict) -> bool:
    return asked.get("refus") == "1"


def _open_handled(request: AgentRequest, reference: str) -> OpenedTicket:
    opened = open_readable(request, reference)
    require(opened.can_handle)
    return opened


def _draft(opened: OpenedTicket) -> Draft | None:
    mine = Draft.objects.answers().filter(ticket=opened.ticket, author=opened.user).first()
    return mine if mine and mine.text.strip() else None
