"""What lasts seconds: who is typing, which agents are there. In Valkey, which forgets it by itself.

When Valkey does not answer nobody is there and nobody types: nothing else depends on it.
"""

import logging
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit

import redis
from django.conf import settings
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
Value = TypeVar("Value")

TYPING_S, PRESENT_S, SILENCE_S = 8, 30, 5.0
PERSON, AGENT = "person", "agent"
_AGENTS = "gru:chat:agents"
_silent_until = 0.0


@lru_cache(maxsize=1)
def _client(url: str) -> redis.Redis:
    """Connect as Celery does: its address of a socket is not the library's."""
    parts = urlsplit(url)
    if parts.scheme == "redis+socket":
        host = parse_qs(parts.query).get("virtual_host", ["0"])[0]
        url = f"unix://{parts.path}?db={host.strip('/')}"
    return redis.Redis.from_url(url, decode_responses=True, socket_timeout=1, socket_connect_timeout=1)


def _ask(question: Callable[[redis.Redis], Value], otherwise: Value) -> Value:
    global _silent_until
    if time.monotonic() < _silent_until:
        return otherwise
    try:
        return question(_client(settings.REDIS_URL))
    except (RedisError, OSError) as error:
        _silent_until = time.monotonic() + SILENCE_S
        logger.warning("chat: presence unknown (%s)", type(error).__name__)
        return otherwise


def note_typing(thread_id: int, who: str) -> None:
    """Say that somebody types in a thread, for some seconds."""
    _ask(lambda valkey: valkey.set(_typing(thread_id, who), "1", ex=TYPING_S), None)


def stop_typing(thread_id: int, who: str) -> None:
    _ask(lambda valkey: valkey.delete(_typing(thread_id, who)), None)


def typing_in(thread_ids: list[int], who: str) -> set[int]:
    """Return the threads in which that side types."""
    if not thread_ids:
        return set()
    names = [_typing(each, who) for each in thread_ids]
    nobody: list[Any] = [None] * len(names)
    found = _ask(lambda valkey: list(valkey.mget(names)), nobody)
    return {each for each, is_typing in zip(thread_ids, found, strict=True) if is_typing}


def _typing(thread_id: int, who: str) -> str:
    return f"gru:chat:typing:{thread_id}:{who}"


def note_agent(user_id: int, places: str, at: float) -> None:
    """Say that an agent's page was asked for; ``places`` is what they read, as ``presence`` writes it."""
    _ask(lambda valkey: valkey.hset(_AGENTS, str(user_id), f"{at:.3f} {places}"), None)


def forget_agent(user_id: int) -> None:
    _ask(lambda valkey: valkey.hdel(_AGENTS, str(user_id)), None)


def agents_at(at: float) -> list[str]:
    """Return what the agents read whose page was asked for within the last thirty seconds."""
    nobody: list[Any] = []
    rows = _ask(lambda valkey: list(valkey.hvals(_AGENTS)), nobody)
    parted = (str(row).partition(" ") for row in rows)
    return [places for seen, _space, places in parted if abs(at - float(seen)) <= PRESENT_S]
