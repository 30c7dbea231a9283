"""Who may read /metrics: the bearer of the token, or a private address that nobody speaks through."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from requests_app.lib.callers import is_private

SCHEME = "bearer"


def may_read(request: HttpRequest) -> bool:
    """Tell whether the caller is let in; a wrong token is refused from anywhere."""
    given = request.META.get("HTTP_AUTHORIZATION", "")
    return _is_token(given) if given else is_private(request)


def _is_token(given: str) -> bool:
    scheme, _space, token = given.partition(" ")
    ours = settings.METRICS_TOKEN
    return bool(ours) and scheme.lower() == SCHEME and constant_time_compare(token.strip(), ours)
