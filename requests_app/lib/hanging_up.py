"""How long a connection may last, whatever the other side does."""

import socket
from contextlib import suppress
from threading import Timer


class End:
    """Closes a connection after N seconds: a server that drips bytes passes every other limit."""

    def __init__(self, seconds: float) -> None:
        self._timer = Timer(seconds, self._hang_up)
        self._timer.daemon = True
        self._line: socket.socket | None = None

    def begin(self, line: socket.socket) -> None:
        self._line = line.dup()  # a handle of our own: TLS takes over the other one
        self._timer.start()

    def forget(self) -> None:
        self._timer.cancel()
        if self._line:
            self._line.close()

    def _hang_up(self) -> None:
        """Shut the connection down, which wakes whoever waits on it."""
        with suppress(OSError):
            if self._line:
                self._line.shutdown(socket.SHUT_RDWR)
