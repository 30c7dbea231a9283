"""/healthz: is this process ready for work? And what is asked beside it by machines that watch us."""

from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gru import probes
from gru.metrics.views import metrics
from requests_app.lib.bodies import refusal_of


class HealthMiddleware:
    """Answers a probe before anything else: probes may use another host name than people do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        probe = PROBES.get(request.path_info)
        return probe(request) if probe and not refusal_of(request) else self.get_response(request)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers and is migrated, 503 otherwise.

    The broker is not asked: without it the product still receives and shows (threats F03).
    """
    problem = _problem()
    tight = {"separators": (",", ":")}
    return JsonResponse({"status": problem or "ok"}, status=503 if problem else 200, json_dumps_params=tight)


def _problem() -> str:
    try:
        if not probes.database_answers():
            return "database unreachable"
        return "" if probes.is_migrated() else "migrations missing"
    except DatabaseError:
        return "database unreachable"


PROBES = {"/healthz": healthz, "/metrics": metrics}
