"""The received part of a body: counted, bounded, in memory while small, in a temporary file beyond."""

import errno
from threading import Lock
from typing import Any

from requests_app.lib.bodies import CROWDED, NO_ROOM, TOO_LARGE

TAIL_BYTES = 64 * 1024
MAX_IN_ALL = 500_000_000  # bytes of all the large bodies that one process holds
ALWAYS_TAKEN = 64 * 1024  # of each body: uploads that exhaust the quota stop no text, no sign-in, no SMS
_FULL = {errno.ENOSPC, errno.EDQUOT}


class _Total:
    """The bytes of all requests of this process that are not answered yet."""

    def __init__(self) -> None:
        self._lock, self.total = Lock(), 0

    def add(self, size: int) -> bool:
        """Count bytes received, unless they are too many."""
        with self._lock:
            if size > 0 and self.total + size > MAX_IN_ALL:
                return False
            self.total += size
            return True


held = _Total()


class Body:
    """A waitress buffer with a limit; a truncated one stores its beginning and tail, and counts the rest."""

    def __init__(self, buffer: Any, *, most: int, cuts: int) -> None:
        self._buffer, self._most, self._cuts = buffer, most, cuts
        self._kept = self._counted = 0
        self.size = 0
        self.tail = b""
        self.refused = ""

    def __len__(self) -> int:
        return self._kept

    @property
    def dropped(self) -> int:
        """Return how many bytes were counted and not stored."""
        return self.size - self._kept

    def append(self, data: bytes) -> None:
        """Append the next bytes, or note why not."""
        self.size += len(data)
        if self.refused or self.size > self._most * max(self._cuts, 1):
            self.refused = self.refused or TOO_LARGE
            return
        self._keep(data[: self._most - self._kept])
        if self.dropped:
            self.tail = (self.tail + data)[-TAIL_BYTES:]

    def _keep(self, data: bytes) -> None:
        more = max(self._kept + len(data) - ALWAYS_TAKEN - self._counted, 0)
        if not held.add(more):
            self.refused = CROWDED
            return
        self._kept, self._counted = self._kept + len(data), self._counted + more
        try:
            self._buffer.append(data)
        except OSError as error:
            if error.errno not in _FULL:
                raise
            self.refused = NO_ROOM

    def getfile(self) -> Any:
        """Return the bytes, to be read from their beginning."""
        return self._buffer.getfile()

    def close(self) -> None:
        """Release the space."""
        held.add(-self._counted)
        self._kept = self._counted = 0
        self._buffer.close()
