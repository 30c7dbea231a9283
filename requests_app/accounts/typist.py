"""Whose words a page holds: an open page still saves them after its session has ended (threats: W11).

The page carries a signed token. It opens nothing: with it, the views that store what is being typed take it
as the words of that agent, whoever is signed in by now, and nothing of their answer is shown.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.crypto import constant_time_compare, salted_hmac

from requests_app.accounts.middleware import store_typed
from requests_app.accounts.models import User
from requests_app.accounts.stored_forms import TYPIST
from requests_app.lib.questions import is_keeping_typing

FIELD, HEADER = TYPIST, "X-Typist"  # a page that leaves by itself can set no header
LASTS_S = 12 * 60 * 60
SALT = "gru.typist"


def token_of(user: User) -> str:
    """Sign whose page it is; a change of their password invalidates the token."""
    return signing.dumps([user.pk, _print(user)], salt=SALT)


def typist_of(request: HttpRequest, present: User | None) -> User | None:
    """Return the agent whose page this is, ``present`` or another; None when the token no longer says so."""
    token = request.headers.get(HEADER) or request.POST.get(FIELD, "")
    try:
        pk, print_ = signing.loads(token, salt=SALT, max_age=LASTS_S)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    is_here = present is not None and present.pk == pk
    user = present if is_here else User.objects.present().filter(pk=pk).first()
    return user if user and constant_time_compare(_print(user), print_) else None


def _print(user: User) -> str:
    return salted_hmac(SALT, user.get_session_auth_hash()).hexdigest()[:20]


class TypistMiddleware:
    """Stands before the CSRF check, whose secret any later sign-in has changed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if request.method != "POST" or not is_keeping_typing(view):
            return None
        here = request.locked_user or request.user  # type: ignore[attr-defined]
        present = here if isinstance(here, User) else None
        typist = typist_of(request, present)
        if typist is None:
            return None
        if typist == present:
            request.csrf_processing_done = True  # type: ignore[attr-defined]
            return None
        store_typed(request, view, typist, *args, **kwargs)
        return HttpResponseRedirect(resolve_url(settings.LOGIN_URL))
