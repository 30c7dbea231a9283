"""A client of the broker's server: for what processes share and may lose at any moment (threats: I5)."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from redis import ConnectionPool, Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError
from redis.retry import Retry

PATIENCE_S = 0.5  # nobody who waits for an answer waits for it


def valkey() -> Redis:
    """Return the client of REDIS_URL, which answers in text; what it raises is a RedisError."""
    return _client(settings.REDIS_URL)


@cache
def _client(url: str) -> Redis:
    how: dict[str, Any] = {
        "socket_timeout": PATIENCE_S,
        "socket_connect_timeout": PATIENCE_S,
        "retry": Retry(NoBackoff(), 1),  # a connection closed meanwhile, not a server that is away
        "decode_responses": True,
    }
    pool = ConnectionPool.from_url(_as_redis_says(url), **how)
    pool.connection_class = type("Connection", (_SaysLost, pool.connection_class), {})
    return Redis(connection_pool=pool)


class _SaysLost:
    """A connection that is lost, and says so: the library stumbles over a buffer that it has just closed."""

    def read_response(self, *args: Any, **options: Any) -> Any:
        with _say_lost():
            return super().read_response(*args, **options)  # type: ignore[misc]

    def can_read(self, *args: Any, **options: Any) -> Any:
        with _say_lost():
            return super().can_read(*args, **options)  # type: ignore[misc]


@contextmanager
def _say_lost() -> Iterator[None]:
    try:
        yield
    except ValueError as error:
        raise ConnectionError("the server hung up") from error


def _as_redis_says(url: str) -> str:
    """Write Celery's address of a socket as the client reads it."""
    parts = urlsplit(url)
    if parts.scheme != "redis+socket":
        return url
    number = parse_qs(parts.query).get("virtual_host", ["0"])[0]
    return f"unix://{parts.netloc}{parts.path}?db={number}"
