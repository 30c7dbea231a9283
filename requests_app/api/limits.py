"""The calls a minute of each key, counted in Valkey; when it is away, nobody is refused (threats: F03).

The headers are those of draft-ietf-httpapi-ratelimit-headers, and the three that came before them.
"""

import logging
import time
from dataclasses import dataclass

from django.conf import settings
from redis import RedisError

from requests_app.lib.valkey import valkey

logger = logging.getLogger(__name__)

WINDOW_S = 60
SILENCE_S = 5.0  # seconds without asking a server that has failed
_silent_until = 0.0


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
    made = _count(f"gru:api:{key_id}:{minute}") if settings.LIMITS_ON else 0
    return Allowance(limit, limit - made, ends_in)


def _count(name: str) -> int:
    global _silent_until
    if time.monotonic() < _silent_until:
        return 0
    try:
        steps = valkey().pipeline()
        steps.incr(name)
        steps.expire(name, 2 * WINDOW_S)
        made, _expiry = steps.execute()
    except RedisError as error:
        _silent_until = time.monotonic() + SILENCE_S
        logger.warning("api: calls are not counted (%s)", type(error).__name__)
        return 0
    return int(made)
