"""A gunicorn worker around waitress: one loop reads and writes every connection, threads only work.

gunicorn's own threads read the request and write the answer: ten slow connections held all eight of them
(docs/decisions/2026-11-30-requests-taken-in-whole.md).
"""

import os
import resource
import socket
import time
from typing import Any

from django.conf import settings
from gunicorn.workers.base import Worker
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.server import TcpWSGIServer

from gru.web.channel import Channel
from gru.web.pools import Pools

MAX_LINES = 1000
FILES_A_LINE = 2  # itself, and the temporary file of its body or of its answer
FILES_LEFT = 200  # for everything that is no connection
LOOK_S = 2.0
MAX_HEAD_BYTES = 64 * 1024
BODY_IN_MEMORY = 128 * 1024  # of each of a thousand connections
UNREAD_IN_MEMORY = 1_000_000  # bytes of an answer; more waits in a temporary file
UNREAD_MOST = 64_000_000  # beyond, the thread that writes it waits


class Server(TcpWSGIServer):
    """Listens on a gunicorn socket; closes the connections that only occupy a slot."""

    channel_class = Channel
    most_lines = MAX_LINES

    def maintenance(self, _now: float) -> None:
        """Check every connection; called every LOOK_S."""
        now = time.monotonic()
        for channel in list(self.active_channels.values()):
            if channel.is_late(now):
                channel.give_up()

    def handle_accept(self) -> None:
        """Accept a connection; when all slots are taken, the oldest idle one is closed."""
        super().handle_accept()
        if len(self.active_channels) > self.most_lines:
            idle = [line for line in self.active_channels.values() if not line.is_working()]
            if idle:
                min(idle, key=lambda line: line.creation_time).give_up()


class BufferedWorker(Worker):
    """Reads requests completely, hands them to threads, sends answers as fast as they are read."""

    server: Server

    def run(self) -> None:
        """Serve until told to stop, then finish what was begun."""
        lines: dict[int, Any] = {}
        pools = Pools(self.cfg.threads)
        servers = [self._server(listener.sock, lines, pools) for listener in self.sockets]
        self.server = servers[0]
        while self.alive and self.ppid == os.getppid() and pools.served < self.max_requests:
            self.notify()
            wasyncore.loop(timeout=1.0, use_poll=True, map=lines, count=1)
        self._finish(servers, lines)
        pools.shutdown(timeout=0.5)

    def handle_exit(self, sig: int, frame: Any) -> None:
        """Stop waiting for events at once."""
        super().handle_exit(sig, frame)
        if hasattr(self, "server"):
            self.server.pull_trigger()

    def _server(self, listener: socket.socket, lines: dict[int, Any], pools: Pools) -> Server:
        listener.setblocking(False)
        info = (listener.family, listener.type, listener.proto, listener.getsockname())
        how = {"dispatcher": pools, "adj": _choices(), "sockinfo": info, "bind_socket": False}
        server = Server(self.wsgi, lines, _sock=listener, **how)
        server.most_lines = min(MAX_LINES, (_open_files() - FILES_LEFT) // FILES_A_LINE)
        return server

    def _finish(self, servers: list[Server], lines: dict[int, Any]) -> None:
        """Accept no connection; answer what was received, as long as gunicorn lets us."""
        for server in servers:
            server.accepting = False
            server.del_channel(lines)
        end = time.monotonic() + self.cfg.graceful_timeout - 1
        while time.monotonic() < end and any(
            channel.is_working() for server in servers for channel in server.active_channels.values()
        ):
            self.notify()
            wasyncore.loop(timeout=0.1, use_poll=True, map=lines, count=1)


def _choices() -> Adjustments:
    return Adjustments(
        ident="",
        max_request_header_size=MAX_HEAD_BYTES,
        max_request_body_size=2**62,  # each view has its own limit
        recv_bytes=65536,
        inbuf_overflow=BODY_IN_MEMORY,
        cleanup_interval=LOOK_S,
        connection_limit=2**31,  # never stop listening: the oldest goes
        outbuf_overflow=UNREAD_IN_MEMORY,
        outbuf_high_watermark=UNREAD_MOST,
        clear_untrusted_proxy_headers=not settings.BEHIND_PROXY,
    )


def _open_files() -> int:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MAX_LINES * FILES_A_LINE + FILES_LEFT
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return wanted if soft == resource.RLIM_INFINITY else soft
