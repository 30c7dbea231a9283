"""/healthz: may this process be given work?"""

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gru import probes


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and is migrated, 503 otherwise.

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
