"""How long a line may last, whatever the other side does on it."""

import socket
from contextlib import suppress
from threading import Timer


class End:
    """Hangs up after so many seconds: a server that gives one byte now and then passes every other limit."""

    def __init__(self, seconds: float) -> None:
        self._timer = Timer(seconds, self._hang_up)
        self._timer.daemon = True
        self._line: socket.socket | None = None

    def begin(self, line: socket.socket) -> None:
        self._line = line.dup()  # a handle of our own: TLS takes the other one over
        self._timer.start()

    def forget(self) -> None:
        self._timer.cancel()
        if self._line:
            self._line.close()

    def _hang_up(self) -> None:
        """Wake whoever waits on the line."""
        with suppress(OSError):
            if self._line:
                self._line.shutdown(socket.SHUT_RDWR)
