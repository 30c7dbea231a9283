"""What the rooms register at start, so that a lower room can ask upper ones without knowing them.

One rule for all: the order is that of registration; the same value twice is once; another value under a key
already taken is an error, and so is a key that nobody registered. Tests change a registry within
``isolate()``.
"""

from collections.abc import Hashable, Iterator, Mapping
from contextlib import contextmanager
from typing import Generic, Self, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
Handler = TypeVar("Handler", bound=Hashable)


class AlreadyRegistered(ValueError):
    """Two rooms claim the same key, or one room claims it for two things."""


class NotRegistered(KeyError):
    """No room registered this key; its app may be missing from INSTALLED_APPS."""


class Registry(Mapping[Key, Value], Generic[Key, Value]):
    """Hold values by key; ``what`` names one of them in errors. Read it like any mapping."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._values: dict[Key, Value] = {}

    def register(self, key: Key, value: Value) -> None:
        """Add a value; raise AlreadyRegistered when the key stands for another one."""
        if self._values.setdefault(key, value) != value:
            raise AlreadyRegistered(f"another {self._what} is already registered as {key!r}")

    def unregister(self, key: Key) -> None:
        """Remove what stands under a key; nothing when nothing does."""
        self._values.pop(key, None)

    def __getitem__(self, key: Key) -> Value:
        try:
            return self._values[key]
        except KeyError:
            raise NotRegistered(f"no {self._what} is registered as {key!r}") from None

    def __iter__(self) -> Iterator[Key]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    @contextmanager
    def isolate(self, *, empty: bool = False) -> Iterator[Self]:
        """Undo at the end what the block registers or removes; ``empty``: the block starts from nothing."""
        before = self._values
        self._values = {} if empty else dict(before)
        try:
            yield self
        finally:
            self._values = before


class Handlers(Registry[Handler, Handler]):
    """Hold functions to call in turn: ``for handler in handlers``."""

    def add(self, handler: Handler) -> None:
        """Call this one too, after those added before; a second time changes nothing."""
        self.register(handler, handler)


class HandlersByKey(Registry[tuple[Key, Handler], Handler], Generic[Key, Handler]):
    """Hold functions to call in turn about a key: ``for handler in handlers.find(key)``."""

    def add(self, key: Key, handler: Handler) -> None:
        """Call this one too about this key, after those added before; a second time changes nothing."""
        self.register((key, handler), handler)

    def find(self, key: Key) -> list[Handler]:
        """Return those of a key, in the order in which they were added."""
        return [handler for (each, _), handler in self.items() if each == key]
