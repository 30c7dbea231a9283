"""A receiver of pushes on this machine: what it was sent, and what it answers."""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network

import pytest
from standardwebhooks import Webhook


class Receiver:
    """`status` is what it answers, `wait` the seconds before, `location` where it redirects to."""

    def __init__(self):
        self.status, self.wait, self.location, self.text = 200, 0.0, "", "merci"
        self.requests: list[tuple[str, dict[str, str], str]] = []
        self.drip = False
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                outer.requests.append((self.path, dict(self.headers.items()), body))
                time.sleep(outer.wait)
                outer.answer(self)

            do_GET = do_POST

            def log_message(self, *_args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()

    def answer(self, handler):
        try:
            handler.send_response(self.status)
            if self.location:
                handler.send_header("Location", self.location)
            handler.end_headers()
            handler.wfile.write(self.text.encode())
            while self.drip:
                handler.wfile.write(b".")
                handler.wfile.flush()
                time.sleep(0.2)
        except OSError:
            pass  # the other side has cut

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_port}/gru"

    @property
    def ids(self):
        return [headers["webhook-id"] for _path, headers, _body in self.requests]

    def opened(self, secret, rank=-1):
        """What the library of the receiver reads, once it has checked the signature."""
        _path, headers, body = self.requests[rank]
        return Webhook(secret).verify(body, headers)

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def receiver(settings):
    settings.PUSH_NETWORKS = [ip_network("127.0.0.0/8")]
    made = Receiver()
    yield made
    made.close()
