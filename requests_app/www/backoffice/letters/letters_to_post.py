"""Letters on paper: the acknowledgment of one ticket, and all those to post at the Maison today.

Those just noted as posted are stored in the session: one « Annuler » undoes them all.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from requests_app.access.audit_log import Kind, log_access
from requests_app.access.gate import require
from requests_app.access.scope import Scope, scope_of
from requests_app.accounts.agent_request import AgentRequest
from requests_app.accounts.signing import name_outside
from requests_app.lib.pdf_answers import pdf
from requests_app.tickets.errors import Refused
from requests_app.tickets.letters.attestation import attestation
from requests_app.tickets.letters.rendering import render_pdf
from requests_app.tickets.letters.words import acknowledgment, acknowledgments
from requests_app.tickets.models import Ticket
from requests_app.tickets.selectors import masking
from requests_app.tickets.selectors.letters_to_post import ToPost, letters_to_post
from requests_app.tickets.selectors.rows import name_sender
from requests_app.tickets.services import note_posted, note_unposted
from requests_app.www.backoffice.ticket.opening import open_readable
from requests_app.www.backoffice.ticket.undo import SHOWN_FOR, Undo
from requests_app.www.backoffice.triage.listing import narrowed_to

POSTED = "letters_posted"


@require_GET
@login_required
def letter(request: AgentRequest, reference: str) -> HttpResponse:
    """Print the acknowledgment of a ticket as of now; the reading is logged."""
    opened = open_readable(request, reference)
    opened.note(Kind.TICKET)
    paper = acknowledgment(opened.ticket, by=opened.user, at=opened.now)
    return pdf(render_pdf([paper], author=name_outside(opened.user)), f"accuse-{opened.ticket.reference}.pdf")


@require_GET
@login_required
def attestation_pdf(request: AgentRequest, reference: str) -> HttpResponse:
    """Print the attestation of an implicit acceptance, when one was born; the reading is logged."""
    opened = open_readable(request, reference)
    opened.note(Kind.TICKET)
    paper = attestation(opened.ticket, by=opened.user, at=opened.now)
    if paper is None:
        messages.error(request, _("Notre silence n’a rien accordé : il n’y a pas d’attestation."))
        return redirect("backoffice:ticket", reference=opened.ticket.reference)
    name = f"attestation-{opened.ticket.reference}.pdf"
    return pdf(render_pdf([paper], author=name_outside(opened.user)), name)


@require_GET
@login_required
def letters(request: AgentRequest) -> HttpResponse:
    """List the letters to print and to post at the agent's Maison."""
    waiting = _waiting(request)
    lines = [
        {
            "ticket": ticket,
            "name": masking.PROTECTED if ticket.is_sensitive else name_sender(ticket.sender),
            "topic": masking.topic_words(
                ticket.topic.label if ticket.topic else None,
                None,
                ticket.subject,
                is_sensitive=ticket.is_sensitive,
            ),
        }
        for ticket in waiting.tickets
    ]
    context = {"lines": lines, "has_more": waiting.has_more, "undo": _undo(request, timezone.now())}
    return render(request, "backoffice/letters.html", context)


@require_GET
@login_required
def letters_pdf(request: AgentRequest) -> HttpResponse:
    """Print all of them in one PDF, a page each; each reading is logged."""
    user, now = request.user, timezone.now()
    tickets = _waiting(request).tickets
    if not tickets:
        raise Http404
    for ticket in tickets:
        log_access(user=user, kind=Kind.TICKET, subject_id=ticket.pk, at=now)
    return pdf(
        render_pdf(acknowledgments(tickets, by=user, at=now), author=name_outside(user)),
        f"courriers-{now:%Y-%m-%d}.pdf",
    )


@require_POST
@login_required
def letters_posted(request: AgentRequest) -> HttpResponse:
    """Note the chosen ones as posted; one that a colleague posted meanwhile is named."""
    now, chosen = timezone.now(), set(request.POST.getlist("demande"))
    tickets = [ticket for ticket in _waiting(request).tickets if ticket.reference in chosen]
    done, refused = _each(request, note_posted, tickets, now)
    if done:
        request.session[POSTED] = {"at": now.timestamp(), "tickets": [ticket.pk for ticket in done]}
    elif not refused:
        messages.error(request, _("Choisissez les courriers que vous avez postés."))
    _tell_refused(request, refused)
    return redirect("backoffice:letters")


@require_POST
@login_required
def letters_unposted(request: AgentRequest) -> HttpResponse:
    """Undo the posting just noted, for all of them at once."""
    _scope(request)
    numbers = request.session.pop(POSTED, {}).get("tickets", [])
    done, refused = _each(
        request, note_unposted, Ticket.objects.filter(pk__in=numbers).order_by("pk"), timezone.now()
    )
    if done:
        words = ngettext(
            "%(n)s courrier est de nouveau à poster.", "%(n)s courriers sont de nouveau à poster.", len(done)
        )
        messages.success(request, words % {"n": len(done)})
    elif not refused:
        messages.error(request, _("Rien à annuler ici."))
    _tell_refused(request, refused)
    return redirect("backoffice:letters")


def _each(
    request: AgentRequest, verb: Callable[..., None], tickets: Iterable[Ticket], at: datetime
) -> tuple[list[Ticket], list[str]]:
    """Apply a verb to each; return those done and the references refused: one refusal blocks no other."""
    done, refused = list[Ticket](), list[str]()
    for ticket in tickets:
        try:
            with transaction.atomic():
                verb(ticket=ticket, by=request.user, at=at)
        except Refused:
            refused.append(ticket.reference)
        else:
            done.append(ticket)
    return done, refused


def _undo(request: HttpRequest, now: datetime) -> Undo | None:
    """Return what was noted a moment ago; older ones are undone one by one, from their ticket."""
    posted = request.session.get(POSTED)
    if not posted or now.timestamp() - posted["at"] > SHOWN_FOR.total_seconds():
        return None
    n = len(posted["tickets"])
    words = ngettext("%(n)s courrier noté comme posté.", "%(n)s courriers notés comme postés.", n)
    return Undo(
        strong=words % {"n": n},
        text="",
        action=reverse("backoffice:letters_unposted"),
        label=_("Annuler : pas postés"),
        value=0,
        over=_("C’est gardé. Chaque courrier s’annule encore depuis sa demande, pendant dix minutes."),
        name="",
    )


def _waiting(request: AgentRequest) -> ToPost:
    scope = _scope(request)
    return letters_to_post(scope, maison_id=narrowed_to(request.user, scope))


def _scope(request: AgentRequest) -> Scope:
    scope = scope_of(request.user)
    require(scope.can_triage)
    return scope


def _tell_refused(request: HttpRequest, refused: list[str]) -> None:
    if refused:
        words = _("Sans changement : %(names)s. Ouvrez-les pour savoir pourquoi.")
        messages.warning(request, words % {"names": ", ".join(sorted(refused))})
