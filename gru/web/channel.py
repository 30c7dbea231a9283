"""One connection: read, answered and closed without a thread ever waiting for the client."""

import socket
import time
from typing import Any

from waitress.channel import HTTPChannel
from waitress.task import WSGITask

from gru.web.parser import Request
from requests_app.lib.bodies import DROPPED, REFUSED, TAIL
from requests_app.lib.callers import WAS_FORWARDED, says_forwarded

IDLE_S = 30.0  # between two requests; within an answer that is not read
LINGER_S, LINGER_BYTES = 2.0, 4_000_000  # after a refusal, so that it is read before the connection closes


class Work(WSGITask):
    """A request handed to Django, with what the server knows of its body."""

    def get_environment(self) -> dict[str, Any]:
        """Add why the body was refused, what was cut from it, whether a proxy spoke."""
        environ: dict[str, Any] = super().get_environment()
        environ[WAS_FORWARDED] = any(map(says_forwarded, environ))
        if self.request.refused:
            self.set_close_on_finish()
            environ[REFUSED] = self.request.refused
        elif (body := self.request.body) is not None and body.dropped:
            environ[DROPPED], environ[TAIL] = body.dropped, body.tail
        return environ


class Channel(HTTPChannel):
    """A connection that may be closed at any moment by ``give_up_late`` or ``give_up``."""

    parser_class = Request
    task_class = Work
    was_refused = False
    request: Request | None
    has_ended = False
    lingers_until = 0.0
    _discarded = 0

    def received(self, data: bytes) -> bool:
        """Read data; after a refusal, discard what still comes for a moment."""
        taken: bool = super().received(data)
        self.was_refused = any(request.refused or request.error for request in self.requests)
        return taken

    def readable(self) -> bool:
        """Tell whether there is something to wait for."""
        return bool(self.lingers_until) or (not self.has_ended and bool(super().readable()))

    def writable(self) -> bool:
        """Tell whether there is something to send."""
        return not self.lingers_until and bool(super().writable())

    def handle_read(self) -> None:
        """Read the next bytes, or discard what follows a refusal."""
        try:
            data = self.socket.recv(self.adj.recv_bytes)
        except BlockingIOError:
            return
        except OSError:
            self.give_up()
            return
        if self.lingers_until:
            self._discard(data)
        elif data:
            self.last_activity = time.time()
            self.received(data)
        else:
            self._end()

    def service(self) -> None:
        """Answer one request; the last one, when nothing more can come."""
        super().service()
        if self.has_ended and not self.requests:
            self.close_when_flushed = True
            self.server.pull_trigger()

    def _discard(self, data: bytes) -> None:
        self._discarded += len(data)
        if not data or self._discarded > LINGER_BYTES or time.monotonic() > self.lingers_until:
            self.give_up()

    def _end(self) -> None:
        """Handle the client's end of input: answer what was asked, refuse what is incomplete."""
        self.has_ended = True
        if self.request is not None and self.request.headers_finished and not self.requests:
            self.request.end_too_early()
            with self.requests_lock:
                self.requests.append(self.request)
                self.request = None
            self.server.add_task(self)
        elif not self.is_working():
            self.give_up()

    def handle_close(self) -> None:
        """Close; after a refusal, first shut down our side and let it be read."""
        if self.was_refused and self.connected and not self.lingers_until:
            self.lingers_until, self.will_close = time.monotonic() + LINGER_S, False
            try:
                self.socket.shutdown(socket.SHUT_WR)
            except OSError:
                self.give_up()
            return
        self.give_up()

    def give_up(self) -> None:
        """Close now."""
        if self.request is not None:
            self.request.close()
            self.request = None
        super().handle_close()

    def is_working(self) -> bool:
        """Tell whether the product works on one of its requests, or its answer is on its way."""
        return bool(self.requests or self.total_outbufs_len)

    def is_late(self, now: float) -> bool:
        """Tell whether it is idle: nothing asked, a request that drips, an answer that is not read."""
        if self.lingers_until:
            return now > self.lingers_until
        if self.request is not None and not self.requests:
            return self.request.is_late(now)
        return (not self.requests or self.total_outbufs_len > 0) and time.time() - self.last_activity > IDLE_S
