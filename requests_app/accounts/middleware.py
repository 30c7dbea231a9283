"""The shared computer of a front desk (threats: W11): nothing is cached, an idle screen locks itself."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

SEEN, LOCKED = "seen_at", "locked"
REMEMBER_EVERY_S = 60  # a session row is written once a minute at most, not once a request


class StaffSessionMiddleware:
    """Locks a session idle for ``LOCK_AFTER_MINUTES`` and forbids the browser to keep staff pages.

    A locked session shows nothing: its requests are those of nobody (``request.locked_user`` names
    whose password opens it again).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.locked_user = None  # type: ignore[attr-defined]
        if request.session.session_key and request.user.is_authenticated:
            self._watch(request)
        response = self.get_response(request)
        if request.user.is_authenticated or request.locked_user:  # type: ignore[attr-defined]
            patch_cache_control(response, no_store=True, private=True)
        return response

    def _watch(self, request: HttpRequest) -> None:
        now, seen = time.time(), request.session.get(SEEN)
        if seen and now - seen > settings.LOCK_AFTER_MINUTES * 60:
            request.session[LOCKED] = True
        if request.session.get(LOCKED):
            request.locked_user = request.user  # type: ignore[attr-defined]
            request.user = AnonymousUser()
        elif not seen or now - seen > REMEMBER_EVERY_S:
            request.session[SEEN] = now
