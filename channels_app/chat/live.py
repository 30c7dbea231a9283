"""What lasts seconds: who is typing, which agents are there. In Valkey, which forgets it by itself.

When Valkey does not answer nobody is there and nobody types: nothing else depends on it.
"""

import logging
import time
from collections.abc import Callable
from typing import Any, TypeVar

from redis import Redis
from redis.exceptions import RedisError

from requests_app.lib.valkey import valkey

logger = logging.getLogger(__name__)
Value = TypeVar("Value")

TYPING_S, PRESENT_S, SILENCE_S = 8, 30, 5.0
PERSON, AGENT = "person", "agent"
_AGENTS = "gru:chat:agents"
_silent_until = 0.0


def _ask(question: Callable[[Redis], Value], otherwise: Value) -> Value:
    global _silent_until
    if time.monotonic() < _silent_until:
        return otherwise
    try:
        return question(valkey())
    except (RedisError, OSError) as error:
        _silent_until = time.monotonic() + SILENCE_S
        logger.warning("chat: presence unknown (%s)", type(error).__name__)
        return otherwise


def note_typing(thread_id: int, who: str) -> None:
    """Say that somebody types in a thread, for some seconds."""
    _ask(lambda server: server.set(_typing(thread_id, who), "1", ex=TYPING_S), None)


def stop_typing(thread_id: int, who: str) -> None:
    _ask(lambda server: server.delete(_typing(thread_id, who)), None)


def typing_in(thread_ids: list[int], who: str) -> set[int]:
    """Return the threads in which that side types."""
    if not thread_ids:
        return set()
    names = [_typing(each, who) for each in thread_ids]
    nobody: list[Any] = [None] * len(names)
    found = _ask(lambda server: list(server.mget(names)), nobody)
    return {each for each, is_typing in zip(thread_ids, found, strict=True) if is_typing}


def _typing(thread_id: int, who: str) -> str:
    return f"gru:chat:typing:{thread_id}:{who}"


def note_agent(user_id: int, places: str, at: float) -> None:
    """Say that an agent's page was asked for; ``places`` is what they read, as ``presence`` writes it."""
    _ask(lambda server: server.hset(_AGENTS, str(user_id), f"{at:.3f} {places}"), None)


def agents_at(at: float) -> list[str]:
    """Return what the agents read whose page was asked for within the last thirty seconds."""
    nobody: list[Any] = []
    rows = _ask(lambda server: list(server.hvals(_AGENTS)), nobody)
    parted = (str(row).partition(" ") for row in rows)
    return [places for seen, _space, places in parted if abs(at - float(seen)) <= PRESENT_S]
