"""How much one sender may send: far above a busy mail server, far below what would overload us."""

import time
from collections import Counter

CONNECTIONS = 64  # at once, per peer
CONNECTIONS_IN_ALL = 256
MESSAGES_PER_MINUTE = 60_000  # per peer; the door takes some 500 per second
BYTES_IN_FLIGHT = 256 * 1024 * 1024  # of all mails being received, in memory
MINUTE = 60.0


class Peers:
    """Counts connections, messages and bytes; when `is_on` is false it refuses only for lack of memory."""

    def __init__(self, *, is_on: bool) -> None:
        self.is_on = is_on
        self.bytes_in_flight = 0
        self._connections: Counter[str] = Counter()
        self._messages: Counter[str] = Counter()
        self._minute = time.monotonic()

    def admits(self, peer: str) -> bool:
        """Count one more connection, unless there are too many."""
        is_full = self._connections[peer] >= CONNECTIONS or self._connections.total() >= CONNECTIONS_IN_ALL
        if self.is_on and is_full:
            return False
        self._connections[peer] += 1
        return True

    def leaves(self, peer: str) -> None:
        self._connections[peer] -= 1
        if not self._connections[peer]:
            del self._connections[peer]

    def may_send(self, peer: str) -> bool:
        """Count one more message, unless there were too many in this minute."""
        if time.monotonic() - self._minute > MINUTE:
            self._minute = time.monotonic()
            self._messages.clear()
        self._messages[peer] += 1
        return not self.is_on or self._messages[peer] <= MESSAGES_PER_MINUTE

    @property
    def has_room(self) -> bool:
        return self.bytes_in_flight < BYTES_IN_FLIGHT
