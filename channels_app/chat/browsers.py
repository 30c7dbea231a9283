"""Which browser a sensitive thread goes on in: the one it was written in, without a code (threats: W09)."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from channels_app.chat.models import Thread

COOKIE = "gru_chat"


def remember(response: HttpResponse, request: HttpRequest, secret: str) -> None:
    """Mark the browser of the first line for as long as it is open; only this thread's pages are sent it.

    Not a browser that opens the link: it would read on once the ticket is sensitive.
    """
    response.set_cookie(
        COOKIE,
        _mark(secret),
        path=reverse("chat:thread", args=[secret]),
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponse, secret: str) -> None:
    response.delete_cookie(COOKIE, path=reverse("chat:thread", args=[secret]), samesite="Lax")


def may_read(request: HttpRequest, thread: Thread, secret: str) -> bool:
    """Tell whether the link alone is enough: not for a sensitive ticket, in another browser."""
    if thread.ticket is None or not thread.ticket.is_sensitive:
        return True
    return constant_time_compare(request.COOKIES.get(COOKIE, ""), _mark(secret))


def _mark(secret: str) -> str:
    return salted_hmac("gru.chat.browser", secret, algorithm="sha256").hexdigest()
