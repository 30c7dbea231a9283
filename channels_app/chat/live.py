"""What lasts seconds: who is typing, which agents are there. In Valkey, which forgets it by itself.

When Valkey does not answer nobody is there and nobody types: nothing else depends on it.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from redis import Redis
from redis.exceptions import RedisError

from requests_app.lib.breaker import Breaker
from requests_app.lib.valkey import valkey

Value = TypeVar("Value")

TYPING_S, PRESENT_S = 8, 30
PERSON, AGENT = "person", "agent"
_AGENTS = "gru:chat:agents"
breaker = Breaker(RedisError, OSError)


def _ask(question: Callable[[Redis], Value], otherwise: Value) -> Value:
    return breaker.ask(lambda: question(valkey()), otherwise, lost="chat: presence unknown")


def note_typing(thread_id: int, who: str) -> None:
    """Say that somebody types in a thread, for some seconds."""
    _ask(lambda client: client.set(_typing(thread_id, who), "1", ex=TYPING_S), None)


def stop_typing(thread_id: int, who: str) -> None:
    _ask(lambda client: client.delete(_typing(thread_id, who)), None)


def typing_in(thread_ids: list[int], who: str) -> set[int]:
    """Return the threads in which that side types."""
    if not thread_ids:
        return set()
    names = [_typing(each, who) for each in thread_ids]
    nobody: list[Any] = [None] * len(names)
    found = _ask(lambda client: list(client.mget(names)), nobody)
    return {each for each, is_typing in zip(thread_ids, found, strict=True) if is_typing}


def _typing(thread_id: int, who: str) -> str:
    return f"gru:chat:typing:{thread_id}:{who}"


def note_agent(user_id: int, places: str, at: float) -> None:
    """Say that an agent's page was asked for; ``places`` is what they read, as ``presence`` writes it."""
    _ask(lambda client: client.hset(_AGENTS, str(user_id), f"{at:.3f} {places}"), None)


def agents_at(at: float) -> list[str]:
    """Return what the agents read whose page was asked for within the last thirty seconds."""
    nobody: list[Any] = []
    rows = _ask(lambda client: list(client.hvals(_AGENTS)), nobody)
    parted = (str(row).partition(" ") for row in rows)
    return [places for seen, _space, places in parted if abs(at - float(seen)) <= PRESENT_S]
