"""The shared computer of a front desk (threats: W11): nothing is cached, an idle screen locks itself."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.cache import patch_cache_control

from requests_app.accounts import stored_forms
from requests_app.accounts.locking import LOCKED, SEEN
from requests_app.accounts.models import User
from requests_app.accounts.second_factor import is_to_be_set_up
from requests_app.lib.paths import own_path
from requests_app.lib.questions import is_keeping_typing, is_question

REMEMBER_EVERY_S = 60  # a session row is written once a minute at most, not once a request
SAFE = {"GET", "HEAD", "OPTIONS"}
OWN_PAGES = "accounts"  # the pages that open, lock and close a session work in every state of it
POLLING = "X-Background"  # set by htmx-ux.js: the page asks by itself, nobody is there


class StaffSessionMiddleware:
    """Locks a session idle for ``LOCK_AFTER_MINUTES`` and forbids the browser to cache staff pages.

    A locked session shows nothing: its requests are anonymous (``request.locked_user`` names whose password
    opens it again). A form sent meanwhile is stored and offered again; what was only being typed is saved
    where it is saved as it is typed, and nothing of it is answered.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.locked_user = None  # type: ignore[attr-defined]
        if request.session.session_key and request.user.is_authenticated:
            self._watch(request)
        response = self._lead(request, self.get_response(request))
        if request.user.is_authenticated or request.locked_user:  # type: ignore[attr-defined]
            patch_cache_control(response, no_store=True, private=True)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Run after the CSRF check: store what a locked screen sent, ask for what an account lacks."""
        if _is_own_page(request) or not request.session.session_key:
            return None
        if request.method not in SAFE:
            if request.locked_user:  # type: ignore[attr-defined]
                if is_keeping_typing(view):
                    store_typed(request, view, request.locked_user, *args, **kwargs)  # type: ignore[attr-defined]
                elif not is_question(view) and POLLING not in request.headers:
                    stored_forms.store(request, agent_id=request.locked_user.pk)  # type: ignore[attr-defined]
                return HttpResponseRedirect(resolve_url(settings.LOGIN_URL))
            stored_forms.forget_if_sent(request)
            _remove_token(request)
        if request.user.is_authenticated and request.user.must_change_password:
            return HttpResponseRedirect(resolve_url("accounts:password"))
        if request.user.is_authenticated and is_to_be_set_up(request.user):
            return HttpResponseRedirect(resolve_url("accounts:second_factor"))
        return None

    def _watch(self, request: HttpRequest) -> None:
        now, seen = time.time(), request.session.get(SEEN)
        if seen and now - seen > settings.LOCK_AFTER_MINUTES * 60:
            request.session[LOCKED] = True
        if request.session.get(LOCKED):
            request.locked_user = request.user  # type: ignore[attr-defined]
            request.user = AnonymousUser()
        elif POLLING not in request.headers and (not seen or now - seen > REMEMBER_EVERY_S):
            request.session[SEEN] = now

    def _lead(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Send the whole page to the sign-in, never a fragment; come back to a page, never to an action."""
        door = resolve_url(settings.LOGIN_URL)
        asked = response.headers.get("Location", "")
        if response.status_code != 302 or urlsplit(asked).path != door or _is_own_page(request):
            return response
        if _is_form_of_nobody(request):
            stored_forms.store_after_sign_out(request)
        is_fragment = request.headers.get("HX-Request") == "true"
        if is_fragment or request.method not in SAFE:
            page = request.headers.get("HX-Current-URL" if is_fragment else "Referer", "")
            asked = _add_next(door, page)
        if not is_fragment:
            response.headers["Location"] = asked
            return response
        return HttpResponse(status=204, headers={"HX-Redirect": asked})


def store_typed(
    request: HttpRequest, view: Callable[..., HttpResponse], agent: User, *args: Any, **kwargs: Any
) -> None:
    """Store the last words of a page whose session is over, as its agent; the answer is dropped."""
    now = request.user
    request.user = agent
    try:
        view(request, *args, **kwargs)
    except (Http404, PermissionDenied):
        pass  # this agent may not, or may no longer
    finally:
        request.user = now


def _remove_token(request: HttpRequest) -> None:
    """Remove what the page said about its owner: no form expects it, and most refuse unknown fields."""
    if stored_forms.TYPIST not in request.POST:
        return
    fields = request.POST.copy()
    del fields[stored_forms.TYPIST]
    request.POST = fields  # type: ignore[assignment]


def _is_form_of_nobody(request: HttpRequest) -> bool:
    """Tell whether an agent sent it without a session: neither a search nor an automatic save or poll."""
    if request.method in SAFE or POLLING in request.headers or request.resolver_match is None:
        return False
    if request.user.is_authenticated or request.locked_user:  # type: ignore[attr-defined]
        return False
    view = request.resolver_match.func
    return not (is_question(view) or is_keeping_typing(view))


def _is_own_page(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.app_name == OWN_PAGES


def _add_next(door: str, page: str) -> str:
    parts = urlsplit(page)
    path = own_path(parts._replace(scheme="", netloc="").geturl(), otherwise="")
    return f"{door}?{urlencode({'next': path})}" if path else door
