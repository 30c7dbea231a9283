"""When the scheduler last ran something, by the clock of the broker's server alone (threats: I8)."""

import logging
from datetime import datetime
from math import inf

from redis.exceptions import RedisError

from requests_app.lib.valkey import valkey

logger = logging.getLogger(__name__)

KEY = "gru:scheduler"


def record(*, at: datetime) -> None:
    """Note that the scheduler and a worker both live, whatever the instant told."""
    try:
        seconds, micros = valkey().time()
        valkey().set(KEY, seconds + micros / 1e6)
    except RedisError as error:  # whoever watches sees that it grows old
        logger.warning("metrics: heartbeat not noted (%s)", type(error).__name__)


def age() -> float:
    """Return the seconds since; infinite when it never ran, or when the broker does not answer."""
    try:
        (seconds, micros), noted = valkey().time(), valkey().get(KEY)
    except RedisError:
        return inf
    return max(0.0, seconds + micros / 1e6 - float(noted)) if noted else inf
