"""The calls a minute of each key, counted in Valkey; when it is away, nobody is refused (threats: F03).

The headers are those of draft-ietf-httpapi-ratelimit-headers, and the three that came before them.
"""

from dataclasses import dataclass

from django.conf import settings
from redis import RedisError

from requests_app.lib.breaker import Breaker
from requests_app.lib.valkey import valkey

WINDOW_S = 60
breaker = Breaker(RedisError)


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left of the present minute."""

    limit: int
    left: int
    ends_in: int

    @property
    def is_over(self) -> bool:
        return self.left < 0

    @property
    def headers(self) -> dict[str, str]:
        left = max(0, self.left)
        return {
            "RateLimit-Policy": f'"minute";q={self.limit};w={WINDOW_S}',
            "RateLimit": f'"minute";r={left};t={self.ends_in}',
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(left),
            "RateLimit-Reset": str(self.ends_in),
        }


def count_call(key_id: int, *, now: float) -> Allowance:
    """Count one call of a key in the minute of ``now``."""
    limit, minute = settings.API_CALLS_PER_MINUTE, int(now // WINDOW_S)
    ends_in = WINDOW_S - int(now % WINDOW_S)
    made = 0
    if settings.LIMITS_ON:
        name = f"gru:api:{key_id}:{minute}"
        made = breaker.ask(lambda: _count(name), 0, lost="api: calls are not counted")
    return Allowance(limit, limit - made, ends_in)


def _count(name: str) -> int:
    steps = valkey().pipeline()
    steps.incr(name)
    steps.expire(name, 2 * WINDOW_S)
    made, _expiry = steps.execute()
    return int(made)
