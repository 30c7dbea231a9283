"""Letters on paper: the acknowledgment of one demand, and all those to post at the Maison today."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from requests_app.access.journal import Kind, note_reading
from requests_app.access.scope import Scope, scope_of
from requests_app.accounts.models import User
from requests_app.tickets.errors import Refused
from requests_app.tickets.letters.press import pressed
from requests_app.tickets.letters.words import acknowledgment, acknowledgments
from requests_app.tickets.models import Ticket
from requests_app.tickets.selectors import masking
from requests_app.tickets.selectors.rows import named
from requests_app.tickets.selectors.to_post import to_post
from requests_app.tickets.services import note_posted
from requests_app.www.backoffice.files import POLICY
from requests_app.www.backoffice.listing import narrowed_to
from requests_app.www.backoffice.opening import open_readable


@require_GET
@login_required
def letter(request: HttpRequest, reference: str) -> HttpResponse:
    """The acknowledgment of a demand, as it would be printed now; the reading is noted."""
    opened = open_readable(request, reference)
    opened.note(Kind.TICKET)
    paper = acknowledgment(opened.ticket, by=opened.user, at=opened.now)
    return pdf(pressed([paper], author=opened.user.full_name), f"accuse-{opened.ticket.reference}.pdf")


@require_GET
@login_required
def letters(request: HttpRequest) -> HttpResponse:
    """List the letters to print and to post at the agent's Maison."""
    lines = [
        {
            "ticket": ticket,
            "name": masking.PROTECTED if ticket.is_sensitive else named(ticket.sender),
            "topic": masking.topic_words(
                ticket.topic.label if ticket.topic else None,
                None,
                ticket.subject,
                is_sensitive=ticket.is_sensitive,
            ),
        }
        for ticket in _waiting(request)
    ]
    return render(request, "backoffice/letters.html", {"lines": lines})


@require_GET
@login_required
def letters_pdf(request: HttpRequest) -> HttpResponse:
    """All of them in one PDF, a page each; each reading is noted."""
    user, now = cast(User, request.user), timezone.now()
    tickets = _waiting(request)
    if not tickets:
        raise Http404
    for ticket in tickets:
        note_reading(user=user, kind=Kind.TICKET, subject_id=ticket.pk, at=now)
    return pdf(
        pressed(acknowledgments(tickets, by=user, at=now), author=user.full_name),
        f"courriers-{now:%Y-%m-%d}.pdf",
    )


@require_POST
@login_required
def letters_posted(request: HttpRequest) -> HttpResponse:
    """Those chosen were printed and posted; one that a colleague posted meanwhile is named."""
    user, now = cast(User, request.user), timezone.now()
    chosen, refused = set(request.POST.getlist("demande")), list[str]()
    tickets = [ticket for ticket in _waiting(request) if ticket.reference in chosen]
    for ticket in tickets:
        try:
            with transaction.atomic():
                note_posted(ticket=ticket, by=user, at=now)
        except Refused:
            refused.append(ticket.reference)
    _tell(request, len(tickets) - len(refused), sorted(refused))
    return redirect("backoffice:letters")


def _waiting(request: HttpRequest) -> list[Ticket]:
    scope = _scope(request)
    return to_post(scope, maison_id=narrowed_to(cast(User, request.user), scope))


def _scope(request: HttpRequest) -> Scope:
    scope = scope_of(request.user)
    if not scope.can_triage:
        raise PermissionDenied
    return scope


def _tell(request: HttpRequest, done: int, refused: list[str]) -> None:
    if done:
        words = ngettext("%(n)s courrier noté comme posté.", "%(n)s courriers notés comme postés.", done)
        messages.success(request, words % {"n": done})
    elif not refused:
        messages.error(request, _("Choisissez les courriers que vous avez postés."))
    if refused:
        words = _("Sans changement : %(names)s. Ouvrez-les pour savoir pourquoi.")
        messages.warning(request, words % {"names": ", ".join(refused)})


def pdf(data: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["Content-Security-Policy"] = POLICY
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
