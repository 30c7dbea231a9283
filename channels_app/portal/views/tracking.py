"""The page of a ticket, for holders of its secret link: progress, messages, documents, withdrawal."""

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_safe

from channels_app.portal import adding, photos, unsent
from channels_app.portal.forms.base import remove_nul
from channels_app.portal.forms.simple import MAX_LENGTH
from channels_app.portal.keys import key_in
from channels_app.portal.letters import letters_of
from channels_app.portal.opening import NeedsCode, Opened, open_by_secret
from channels_app.portal.preserve_input import preserve_input
from channels_app.portal.progress import sentence_of, stages_of
from channels_app.portal.quota import NoRoom, admit
from channels_app.portal.receipts import place_of
from channels_app.portal.standing import facts_of
from channels_app.portal.views.following import ask_code
from channels_app.portal.views.opinions import store_opinion, tell_without_code, thank
from requests_app.feedback.faces import faces
from requests_app.feedback.services import is_opinion_told
from requests_app.lib.bodies import accepts_body
from requests_app.lib.callers import address_of
from requests_app.lib.dangers import dangers_in
from requests_app.lib.no_referrer import no_referrer
from requests_app.lib.text import is_blank
from requests_app.outbox import left_pages
from requests_app.tickets.competence import is_awaited
from requests_app.tickets.errors import Refused
from requests_app.tickets.messages.law_block import law_of
from requests_app.tickets.models import Outcome, State, Ticket
from requests_app.tickets.services import undo_withdrawal, withdraw

LEAVE = "fini"
DONE = {
    "message": gettext_lazy("Votre message est envoyé."),
    "papier": gettext_lazy("Votre papier est bien reçu."),
    "retiree": gettext_lazy("Votre demande est retirée. Vous pouvez changer d’avis."),
    "gardee": gettext_lazy("Votre demande est gardée."),
}


@require_safe
@gzip_page
@no_referrer
@preserve_input
def track(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the ticket; nothing of a sensitive one before its code."""
    try:
        shown = open_by_secret(request, secret, at=timezone.now())
    except NeedsCode:
        ask_url = reverse("portal:act", args=[secret, "code"])
        return render(request, "portal/ask_code.html", {"ask_url": ask_url})
    return _page(request, shown) if shown else _show_ended(request)


@require_safe
@no_referrer
@preserve_input
def show_left(request: HttpRequest) -> HttpResponse:
    """Say that the page is closed in this browser, and how it opens again."""
    return render(request, "portal/left.html")


def _show_ended(request: HttpRequest, secret: str = "") -> HttpResponse:
    """Say that the link has expired; a text sent to its page is stored for whoever opens it again."""
    if text := _typed_text(request):
        unsent.keep(secret, text, at=timezone.now())
    return render(request, "portal/link_ended.html", status=404)


def _page(request: HttpRequest, shown: Opened, **more: Any) -> HttpResponse:
    at, ticket = timezone.now(), shown.ticket
    facts = facts_of(ticket, at)
    context = {
        "secret": shown.secret,
        "ticket": ticket,
        "former": shown.former,
        "sentence": sentence_of(ticket),
        "stages": stages_of(ticket, at),
        "facts": facts,
        "has_appointment": any(fact.is_appointment for fact in facts),
        "can_book": shown.has_agenda and ticket.is_open and is_awaited(ticket),
        "is_waited_for": ticket.state == State.WAITING_PERSON,
        "is_withdrawn": ticket.outcome == Outcome.WITHDRAWN,
        "can_keep": ticket.outcome == Outcome.WITHDRAWN and ticket.closed_by_id is None,
        "letters": letters_of(ticket),
        "place": place_of(ticket),
        "law": law_of(ticket, today=timezone.localdate(at)),
        "key": uuid4(),
        "is_over": ticket.outcome != Outcome.WITHDRAWN and (not ticket.is_open or bool(ticket.answered_at)),
        "is_said": is_opinion_told(ticket),
        "faces": faces(),
        "felt_url": reverse("portal:act", args=[shown.secret, "avis"]),
        "done": DONE.get(request.GET.get("fait", ""), ""),
        "dangers": [],
        "heard": [],
        "typed": unsent.find(request, shown.ticket, shown.secret, shown.purpose),
        "error": "",
    }
    return render(request, "portal/track.html", {**context, **more})


def _typed_text(request: HttpRequest) -> str:
    return remove_nul(request.POST.get("texte", ""))[:MAX_LENGTH]


@accepts_body(action="message")  # with its documents
@require_http_methods(["POST"])
@no_referrer
@preserve_input
def act(request: HttpRequest, secret: str, action: str) -> HttpResponse:
    """Do one action on the ticket, then show it again."""
    if action == LEAVE:
        unsent.keep(secret, _typed_text(request), at=timezone.now())
        return left_pages.leave(request, secret, at=timezone.now())
    if action not in ACTIONS:
        raise Http404
    try:
        shown = open_by_secret(request, secret, at=timezone.now())
    except NeedsCode as needs:
        if action == "avis":
            return tell_without_code(request, needs.ticket, secret)
        return ask_code(request, needs.ticket.reference)
    if shown is None:
        return _show_ended(request, secret)
    return _redirect_done(request, shown, action)


def _redirect_done(request: HttpRequest, shown: Opened, action: str) -> HttpResponse:
    typed = _typed_text(request)
    try:
        done = ACTIONS[action](request, shown.ticket)
    except Refused as refusal:
        return _page(request, shown, error=str(refusal), typed=typed, heard=dangers_in(typed))
    if action == "message" and typed.strip():
        unsent.forget(shown.ticket, shown.secret, shown.purpose)
    if heard := dangers_in(typed) if action == "message" else []:
        # The ticket is sensitive from now on: its page would ask for a code before it shows the numbers.
        return _page(request, shown, done=DONE[done], heard=heard)
    if action == "avis":
        return thank(request, shown.secret, done)
    return redirect(f"{reverse('portal:track', args=[shown.secret])}?fait={done}")


def _code(_request: HttpRequest, _ticket: Ticket) -> str:
    """Return "": this link needs no code."""
    return ""


def _message(request: HttpRequest, ticket: Ticket) -> str:
    text = remove_nul(request.POST.get("texte", "")).strip()[:MAX_LENGTH]
    papers = _papers(request)
    if is_blank(text) and not papers:
        raise Refused(_("Écrivez un message ou choisissez une photo."))
    try:
        adding.add(ticket=ticket, text=text, papers=papers, key=key_in(request), at=timezone.now())
    except NoRoom as full:
        raise Refused(str(full)) from full
    return "papier" if papers else "message"


def _papers(request: HttpRequest) -> list[photos.Paper]:
    sent = request.FILES.getlist("papiers")
    if len(sent) > photos.MAX_FILES:
        raise Refused(_("Vous pouvez envoyer 8 fichiers à la fois."))
    try:
        admit(address_of(request), [file.size or 0 for file in sent], at=timezone.now())
        return [photos.read_paper(file) for file in sent]
    except (photos.Refused, NoRoom) as error:
        raise Refused(str(error)) from error


def _withdraw(_request: HttpRequest, ticket: Ticket) -> str:
    withdraw(ticket=ticket, at=timezone.now())
    return "retiree"


def _keep(_request: HttpRequest, ticket: Ticket) -> str:
    undo_withdrawal(ticket=ticket, at=timezone.now())
    return "gardee"


ACTIONS = {"code": _code, "message": _message, "retirer": _withdraw, "garder": _keep, "avis": store_opinion}
