"""Keeps an address with a secret in it from leaking (threats: W09)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

View = Callable[..., HttpResponse]


def no_referrer(view: View) -> View:
    """Forbid caching, indexing, and a referrer to other sites.

    Our own forms still send it: without a referrer the CSRF check refuses them.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, no_store=True, private=True)
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return answer
