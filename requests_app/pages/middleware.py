"""Make Back always work: a page that answers a form gets an address of its own.

The answer to a POST is not in the browser's history when nothing may be cached (W11): Back would say
ERR_CACHE_MISS. So the page is stored, and the browser is redirected to read it by GET. A program that posts
sends no document in ``Sec-Fetch-Dest``: it gets its answer at once.
"""

from collections.abc import Callable
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils import timezone
from django.utils.cache import patch_cache_control

from requests_app.pages import services

PARAMETER = "vu"
HELD = "_stored_page"
SEE_OTHER, NOT_ALLOWED = 303, 405


class StoredPageMiddleware:
    """Redirects after every browser POST answered with a page, whatever the view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _take_token(request)
        setattr(request, HELD, token)
        response = self.get_response(request)
        if token and response.status_code == NOT_ALLOWED:  # no longer stored, and read by POST alone
            return HttpResponseRedirect(_parent(request.path) + f"?{PARAMETER}={token}")
        return _redirect(request, response) if _is_page_of_post(request, response) else response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Show the stored page, once the session's own middleware has let it pass."""
        token = getattr(request, HELD)
        if not token or request.method not in {"GET", "HEAD"}:
            return None
        page = services.find(request, token, at=timezone.now())
        if page:
            patch_cache_control(page, no_store=True, private=True)
        return page


def _take_token(request: HttpRequest) -> str:
    """Remove the token from the query and return it: no view needs to know of it."""
    if PARAMETER not in request.GET:
        return ""
    query = request.GET.copy()
    token = str(query.pop(PARAMETER)[-1])
    request.META["QUERY_STRING"] = query.urlencode()
    request.GET = QueryDict(query.urlencode())
    return token


def _is_page_of_post(request: HttpRequest, response: HttpResponse) -> bool:
    """Tell whether a browser has sent a form and would show the answer as the document."""
    return (
        request.method == "POST"
        and request.headers.get("Sec-Fetch-Dest") == "document"
        and not 300 <= response.status_code < 400
        and not response.streaming
        and response.headers.get("Content-Type", "").startswith("text/html")
        and "Content-Disposition" not in response.headers
        and bool(services.browser_of(request))
    )


def _redirect(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    try:
        token = services.store(request, response, at=timezone.now())
    except DatabaseError:  # the page says that itself, in plain words
        return response
    if not token:
        return response
    query = request.GET.copy()
    query[PARAMETER] = token
    redirected = HttpResponse(status=SEE_OTHER, headers={"Location": f"{request.path}?{query.urlencode()}"})
    redirected.cookies = response.cookies
    patch_cache_control(redirected, no_store=True, private=True)
    if policy := response.headers.get("Referrer-Policy"):
        redirected.headers["Referrer-Policy"] = policy
    return redirected


def _parent(path: str) -> str:
    """Return the page that an action belongs to: `/demandes/X/` for `/demandes/X/repondre/`."""
    return path.rstrip("/").rpartition("/")[0] + "/"
