"""« J’ai fini sur cet ordinateur »: what was open here now asks for a code (threats: W09, W11).

A page opened by a code ends. The link of a message lasts, for the person's own telephone: only this browser,
which remembers it, asks for more. A page that closed by itself opens again from the message.
"""

import hashlib
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect

from channels_app.portal.codes import SURE
from channels_app.portal.models import UnsentMessage
from requests_app.outbox import links
from requests_app.tickets.messages.acknowledgment import FOLLOW
from requests_app.tickets.models import Ticket

COOKIE, ALONE = "gru_fini", "seul"  # the field of a page that closes automatically
LASTS = timedelta(days=30)  # as long as the link of a message
KEPT_FOR = timedelta(days=1)
MAX_LEFT, MARK_CHARACTERS = 40, 16
BY_ITSELF, BY_HAND = "~", "="
PROVEN = "code"


def is_left(request: HttpRequest, secret: str) -> bool:
    """Return whether somebody has finished with this page in this browser."""
    return any(mark[1:] == _mark(secret) for mark in _marks(request))


def leave(request: HttpRequest, secret: str, *, at: datetime) -> HttpResponse:
    """Close the page of a secret in this browser, and clear what Back would show of it."""
    alone = bool(request.POST.get(ALONE))
    links.close_page(secret, at=at)
    response = redirect("portal:left")
    mark = (BY_ITSELF if alone else BY_HAND) + _mark(secret)
    others = [one for one in _marks(request) if one[1:] != mark[1:]]
    _remember(response, [*others, mark])
    forget_answers(request)
    return response


def return_by_message(request: HttpRequest, response: HttpResponse, secret: str) -> None:
    """Open again, from its message, a page that had closed automatically."""
    marks = _marks(request)
    kept = [mark for mark in marks if mark != BY_ITSELF + _mark(secret)]
    if kept != marks:
        _remember(response, kept)


def forget_answers(request: HttpRequest) -> None:
    """Drop the token of the pages that answered this browser's forms, so that none is found again."""
    rotate_token(request)


def keep_unsent(secret: str, text: str, *, at: datetime) -> None:
    """Store the text of a page that is closing, or closed within the day, for whoever opens it again."""
    found = links.resolve(secret, at - KEPT_FOR) if text.strip() else None
    if found and found[0] in {FOLLOW, SURE} and Ticket.objects.filter(pk=found[1]).exists():
        defaults = {"text": text, "saved_at": at}
        UnsentMessage.objects.update_or_create(
            ticket_id=found[1], opener=_opener(secret, found[0]), defaults=defaults
        )


def unsent(request: HttpRequest, ticket: Ticket, secret: str, purpose: str) -> str:
    """Return the text stored for this secret; after a code, that of the last time.

    A browser that never closed a page has none, and costs no statement.
    """
    if purpose != SURE and COOKIE not in request.COOKIES:
        return ""
    rows = UnsentMessage.objects.filter(ticket=ticket, opener=_opener(secret, purpose))
    return rows.values_list("text", flat=True).first() or ""


def forget_unsent(ticket: Ticket, secret: str, purpose: str) -> None:
    """Delete the stored text: it was sent, or another was."""
    UnsentMessage.objects.filter(ticket=ticket, opener=_opener(secret, purpose)).delete()


def purge_expired(*, at: datetime) -> int:
    """Delete texts nobody came back for; returns how many."""
    return UnsentMessage.objects.filter(saved_at__lt=at - KEPT_FOR).delete()[0]


def _opener(secret: str, purpose: str) -> str:
    """Return who may read it: two persons of one ticket have a link each, and read only their own text."""
    return PROVEN if purpose == SURE else _mark(secret)


def _marks(request: HttpRequest) -> list[str]:
    return [mark for mark in request.COOKIES.get(COOKIE, "").split(".") if mark]


def _remember(response: HttpResponse, marks: list[str]) -> None:
    response.set_cookie(
        COOKIE,
        ".".join(marks[-MAX_LEFT:]),
        max_age=int(LASTS.total_seconds()),
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def _mark(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()[:MARK_CHARACTERS]
