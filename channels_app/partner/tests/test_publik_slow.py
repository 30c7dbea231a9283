"""A portal that drips its answer holds nobody (threats: O03)."""

import socket
import threading
import time
from contextlib import contextmanager, suppress

import pytest

from channels_app.contract import TemporaryFailure, Uncertain
from channels_app.partner.publik import client, line
from channels_app.partner.publik.portals import Portal

STARTS = [b"HTTP/1.1 200 OK\r\nX-Drip: ", b"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n[", b""]


@contextmanager
def dripping(start):
    """Answer with a start, then a byte every tenth of a second."""
    server, is_over = socket.create_server(("127.0.0.1", 0)), threading.Event()

    def serve():
        with suppress(OSError):
            other, _address = server.accept()
            with other:
                other.sendall(start)
                while not is_over.wait(0.1):
                    other.sendall(b"H" if not start else b" ")

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        host = f"127.0.0.1:{server.getsockname()[1]}"
        yield Portal(f"http://{host}", host, "gru", "s3cret")
    finally:
        is_over.set()
        server.close()
        thread.join(2)


@pytest.mark.parametrize("start", STARTS)
def test_O03_a_dripping_answer_ends_with_the_line(monkeypatch, start):
    monkeypatch.setattr(line, "LASTS_S", 0.4)
    began = time.monotonic()
    with dripping(start) as portal, pytest.raises(TemporaryFailure):
        client.fetch(portal, f"{portal.base}/api/forms/a/1/")
    with dripping(start) as portal, pytest.raises(Uncertain):
        client.submit(portal, "a", {"data": {}})
    assert time.monotonic() - began < 5
