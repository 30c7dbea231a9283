"""One address of the standard each; the end of the address chooses the format, XML when it says nothing."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from requests_app.open311 import discovery, requests, services, tokens
from requests_app.open311.errors import Refusal
from requests_app.open311.filters import read_filters
from requests_app.open311.limits import require_allowance
from requests_app.open311.posting import post_request
from requests_app.open311.rendering import JSON, XML, Content, render

READS = ("GET", "HEAD")
Answer = tuple[Content, int]


def endpoint(*methods: str) -> Callable[[Callable[..., Answer]], Callable[..., HttpResponse]]:
    """Make a view of what answers a call: format, limit, and refusals as the standard writes them."""

    def decorate(act: Callable[..., Answer]) -> Callable[..., HttpResponse]:
        @wraps(act)
        def view(request: HttpRequest, extension: str = "", **kwargs: Any) -> HttpResponse:
            try:
                require_allowance(request, now=timezone.now().timestamp())
                _require_method(request, methods)
                content, status = act(request, **kwargs)
            except Refusal as refusal:
                answer = render(refusal.content, extension, status=refusal.status)
                for name, value in refusal.headers.items():
                    answer[name] = value
                return answer
            return render(content, extension, status=status)

        return csrf_exempt(never_cache(view))

    return decorate


def _require_method(request: HttpRequest, methods: tuple[str, ...]) -> None:
    if request.method not in methods:
        words = _("Cette adresse n’accepte pas cette méthode.")
        raise Refusal(405, words, headers={"Allow": ", ".join(methods)})


@endpoint(*READS)
def discover(request: HttpRequest) -> Answer:
    """Say where the interface is, and in which formats."""
    return discovery.discover(), 200


@endpoint(*READS)
def list_services(request: HttpRequest) -> Answer:
    """List what may be reported."""
    return services.list_services(), 200


@endpoint(*READS)
def define_service(request: HttpRequest, code: str) -> Answer:
    """Say what a service asks for."""
    return services.define_service(code), 200


@endpoint(*READS, "POST")
def handle_requests(request: HttpRequest) -> Answer:
    """List reports, or take one."""
    now = timezone.now()
    if request.method == "POST":
        return post_request(request, at=now), 201
    return requests.list_requests(read_filters(request.GET, now=now)), 200


@endpoint(*READS)
def read_request(request: HttpRequest, reference: str) -> Answer:
    """Tell how one report stands."""
    return requests.read_request(reference), 200


@endpoint(*READS)
def read_token(request: HttpRequest, token: str) -> Answer:
    """Give the reference of a report."""
    return tokens.read_token(token), 200


@csrf_exempt
def elsewhere(request: HttpRequest, path: str) -> HttpResponse:
    """Refuse an address that the standard does not know, in the format that its end asks for."""
    refusal = Refusal(404, _("Cette adresse n’existe pas."))
    return render(refusal.content, JSON if path.endswith(".json") else XML, status=refusal.status)
