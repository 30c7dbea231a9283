"""Bodies over their view's limit, and lines that drip, on the real web server (threats: N08)."""

import http.client
import socket
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest

from channels_app.mail.tests.web import Web

pytestmark = pytest.mark.django_db(transaction=True)
MEGABYTE = 1_000_000
HUGE = 120 * MEGABYTE
DRIPPING = 10


@pytest.fixture(scope="module")
def web(django_db_setup, tmp_path_factory):
    """Its nameless files lie in a folder that the test looks at."""
    running = Web(TMPDIR=str(tmp_path_factory.mktemp("spool")))
    yield running
    running.close()


def written_by(web: Web) -> int:
    """Bytes that the processes of the server wrote to disks since their start."""
    pids = [
        web.process.pid,
        *Path(f"/proc/{web.process.pid}/task/{web.process.pid}/children").read_text().split(),
    ]
    counts = [Path(f"/proc/{pid}/io").read_text().split() for pid in pids]
    return sum(int(words[words.index("wchar:") + 1]) for words in counts)


def head(path: str, *more: str, verb: str = "POST") -> bytes:
    lines = [f"{verb} {path} HTTP/1.1", "Host: 127.0.0.1", *more]
    return "\r\n".join([*lines, "", ""]).encode()


def send_all(
    web: Web, path: str, *more: str, total: int = HUGE, chunked: bool = False
) -> tuple[int, int, bytes]:
    """Send until somebody stops us; gives how much went, the status and the page."""
    sent, piece = 0, b"x" * 65536
    if chunked:
        piece = b"10000\r\n" + piece + b"\r\n"
    with closing(socket.create_connection(("127.0.0.1", web.port), 20)) as line:
        line.sendall(head(path, *more))
        try:
            while sent < total:
                line.sendall(piece)
                sent += len(piece)
        except OSError:
            pass
        try:
            answer = http.client.HTTPResponse(line)
            answer.begin()
            return sent, answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            return sent, 0, b""


ADDRESSES = [
    "/connexion/",
    "/nulle-part/",
    "/tri/",
    "/demande/",
    "/suivi/",
    "/healthz",
    "/entree/sms/twilio/",
    "/",
]


@pytest.mark.parametrize("path", ADDRESSES)
def test_N08_a_body_over_its_limit_is_refused_before_it_is_read(web, path):
    before = written_by(web)
    sent, status, page = send_all(web, path, f"Content-Length: {HUGE}")
    assert (status, "trop lourd" in page.decode()) == (413, True)
    assert sent < 20 * MEGABYTE
    assert written_by(web) - before < MEGABYTE


@pytest.mark.parametrize("path", ["/connexion/", "/nulle-part/", "/entree/sms/twilio/"])
def test_N08_a_body_that_announces_nothing_is_counted(web, path):
    before = written_by(web)
    sent, status, _page = send_all(web, path, "Transfer-Encoding: chunked", chunked=True)
    assert status in {413, 0}
    assert sent < 20 * MEGABYTE
    assert written_by(web) - before < 2 * MEGABYTE


def test_N08_who_asks_first_is_told_without_sending(web):
    with closing(socket.create_connection(("127.0.0.1", web.port), 5)) as line:
        line.sendall(head("/connexion/", f"Content-Length: {HUGE}", "Expect: 100-continue"))
        assert line.recv(100).startswith(b"HTTP/1.1 413")


@pytest.mark.parametrize(("path", "is_taken"), [("/demande/message/", True), ("/demande/lieu/", False)])
def test_N08_photos_go_where_photos_are_asked_for(web, path, is_taken):
    size = 20 * MEGABYTE
    form = "Content-Type: multipart/form-data; boundary=x"
    sent, status, _page = send_all(web, path, form, f"Content-Length: {size}", total=size - 65536)
    assert (status == 413) is not is_taken, (sent, status)


def health_seconds(web: Web) -> float:
    began = time.monotonic()
    assert web.ask("GET", "/healthz", b"", {}) == 200
    return time.monotonic() - began


def beginning(kind: str, path: str) -> bytes:
    """What is sent at once; the rest comes byte by byte."""
    if kind == "head":
        return head(path)[:20]
    if kind == "body":
        return head(path, "Content-Length: 500000", "Content-Type: application/x-www-form-urlencoded") + b"a="
    if kind == "chunks":
        return head(path, "Transfer-Encoding: chunked") + b"5\r\nab"
    if kind == "nothing":
        return b""
    return head(path, verb="GET") * 200  # answers that nobody reads


@pytest.mark.parametrize("kind", ["nothing", "head", "body", "chunks", "unread"])
@pytest.mark.parametrize(
    "path", ["/connexion/", "/healthz", "/entree/mail/postmark/", "/demande/message/", "/"]
)
def test_N08_ten_lines_that_drip_leave_health_under_a_second(web, kind, path):
    lines = [socket.create_connection(("127.0.0.1", web.port), 5) for _ in range(DRIPPING)]
    try:
        for line in lines:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            line.setblocking(False)
            with suppress(BlockingIOError):
                line.send(beginning(kind, path))
        slowest = 0.0
        for _ in range(4):
            for line in lines:
                if kind not in {"unread", "nothing"}:
                    line.send(b"a")
            slowest = max(slowest, health_seconds(web))
        assert slowest < 1
        assert web.ask("GET", "/connexion/", b"", {}) == 200
    finally:
        for line in lines:
            line.close()
