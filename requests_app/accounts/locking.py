"""The lock of a session: stored in the session itself, so that it holds in every tab."""

import time

from django.http import HttpRequest

SEEN, LOCKED = "seen_at", "locked"


def lock(request: HttpRequest) -> None:
    """Lock now. The cookie changes, so that the browser also drops the pages it cached for « back »."""
    request.session[LOCKED] = True
    request.session.cycle_key()


def unlock(request: HttpRequest) -> None:
    request.session.pop(LOCKED, None)
    request.session[SEEN] = time.time()


def stay(request: HttpRequest) -> None:
    """Note that someone is there, even if no page was requested."""
    request.session[SEEN] = time.time()
