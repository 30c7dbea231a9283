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

from requests_app.outbox import links, pages

COOKIE, ALONE = "gru_fini", "seul"  # the field of a page that closes automatically
LASTS = timedelta(days=30)  # as long as the link of a message
MAX_LEFT, MARK_CHARACTERS = 40, 16
BY_ITSELF, BY_HAND = "~", "="


def is_left(request: HttpRequest, secret: str) -> bool:
    """Return whether somebody has finished with this page in this browser."""
    return any(mark[1:] == mark_of(secret) for mark in _marks(request))


def leave(request: HttpRequest, secret: str, *, at: datetime) -> HttpResponse:
    """Close the page of a secret in this browser, and clear what Back would show of it."""
    alone = bool(request.POST.get(ALONE))
    links.close_page(secret, at=at)
    response = redirect(pages.VIEWS[pages.LEFT])
    mark = (BY_ITSELF if alone else BY_HAND) + mark_of(secret)
    others = [one for one in _marks(request) if one[1:] != mark[1:]]
    _remember(response, [*others, mark])
    forget_answers(request)
    return response


def return_by_message(request: HttpRequest, response: HttpResponse, secret: str) -> None:
    """Open again, from its message, a page that had closed automatically."""
    marks = _marks(request)
    kept = [mark for mark in marks if mark != BY_ITSELF + mark_of(secret)]
    if kept != marks:
        _remember(response, kept)


def forget_answers(request: HttpRequest) -> None:
    """Drop the token of the pages that answered this browser's forms, so that none is found again."""
    rotate_token(request)


def mark_of(secret: str) -> str:
    """Name a page without telling its secret."""
    return hashlib.sha256(secret.encode()).hexdigest()[:MARK_CHARACTERS]


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
