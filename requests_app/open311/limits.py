"""Count the calls of an address each minute; while the broker's server is away, nobody is refused."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

from requests_app.lib.callers import address_of
from requests_app.lib.valkey import valkey
from requests_app.open311.errors import Refusal

WINDOW_S = 60
CALLS = 600  # of one address: many clients may stand behind one


def require_allowance(request: HttpRequest, *, now: float) -> None:
    """Count a call; raises the 429 of an address that makes too many. The address itself is not stored."""
    if not settings.LIMITS_ON:
        return
    who = salted_hmac("open311.limits", address_of(request)).hexdigest()[:20]
    if _count(f"gru:open311:{who}:{int(now // WINDOW_S)}") > CALLS:
        wait = str(WINDOW_S - int(now % WINDOW_S))
        raise Refusal(429, _("Trop d’appels : attendez une minute."), headers={"Retry-After": wait})


def _count(name: str) -> int:
    try:
        with valkey().pipeline() as steps:
            steps.incr(name)
            steps.expire(name, 2 * WINDOW_S)
            return int(steps.execute()[0])
    except RedisError:
        return 0
