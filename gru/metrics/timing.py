"""How long each page takes to answer, by view."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from requests_app.lib.histograms import Histogram

HTTP = Histogram(
    "gru_http_request_duration_seconds",
    "Time to answer a request, by view and method.",
    (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0),
    ("view", "method"),
)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
NO_VIEW, OTHER = "none", "other"


class TimingMiddleware:
    """Times everything that stands below it; probes, answered above, are not counted."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        HTTP.observe(time.perf_counter() - began, view_of(request), method_of(request))
        return response


def view_of(request: HttpRequest) -> str:
    """Name the route as the URLconf does, never the address; static files and unknown addresses have none."""
    found = request.resolver_match
    return found.view_name if found and found.view_name else NO_VIEW


def method_of(request: HttpRequest) -> str:
    """Return the method, when it is one: a client may write anything there."""
    return request.method if request.method in METHODS else OTHER
